package dev.paddock.cli;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host in memory that has what {@link ClassArchiveWarmup} declares. */
final class WarmupHost implements HostConnector {
    static final String URI = "rehearsal:///";

    private final Map<String, Map<String, String>> documents;

    /**
     * Create a host.
     *
     * @param documents the XML documents by kind and name
     */
    WarmupHost(Map<String, Map<String, String>> documents) {
        this.documents = documents;
    }

    @Override
    public HostReader reader(String uri) {
        return new Reader();
    }

    @Override
    public HostWriter writer(String uri) {
        throw new HostException(HostException.Failure.UNSUPPORTED, 0, 0, "A rehearsal changes nothing.");
    }

    private final class Reader implements HostReader {
        @Override
        public Map<String, Set<String>> emulators() {
            return Map.of();
        }

        @Override
        public boolean accelerates() {
            return false;
        }

        @Override
        public FilterBackend filterBackend() {
            return FilterBackend.assumed("as this is a rehearsal");
        }

        @Override
        public Optional<List<String>> addresses() {
            return Optional.of(List.of());
        }

        @Override
        public boolean filtersBridges() {
            return true;
        }

        @Override
        public HostInfo info() {
            return new HostInfo(URI, "none", new HostInfo.Version(0, 0, 0));
        }

        @Override
        public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
            Map<String, Observed> observed = new HashMap<>();
            documents.getOrDefault(kind, Map.of()).forEach((name, text) -> observed.put(name, present(text)));
            names.ifPresent(wanted -> wanted.forEach(name -> observed.putIfAbsent(name, new Observed.Absent())));
            return observed;
        }

        @Override
        public List<NetworkAttachment> attachments(String network) {
            return List.of();
        }

        @Override
        public List<VolumeUsage> users(ResourceId volume) {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static Observed present(String text) {
        try {
            var document = XmlReader.read(text);
            return new Observed.Present(
                    document.childText("uuid").orElse(""), document, Optional.of(document), true, true, false);
        } catch (XmlException malformed) {
            throw new IllegalStateException("A document in the jar is not well-formed. This is a bug.", malformed);
        }
    }
}
