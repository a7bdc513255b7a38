package dev.paddock.bench;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
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

/** A host that has its networks as texts, and parses them whenever it is read, as one behind a connection does. */
final class TextHost implements HostReader {
    private final List<String> documents;

    TextHost(Networks networks) {
        documents = networks.observed();
    }

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
        return FilterBackend.assumed("as this is no machine");
    }

    @Override
    public Optional<List<String>> addresses() {
        return Optional.empty();
    }

    @Override
    public boolean filtersBridges() {
        return true;
    }

    @Override
    public HostInfo info() {
        return new HostInfo("text:///", "none", new HostInfo.Version(0, 0, 0));
    }

    @Override
    public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
        Map<String, Observed> observed = new HashMap<>();
        for (var text : documents) {
            try {
                var document = XmlReader.read(text);
                observed.put(
                        document.childText("name").orElseThrow(),
                        new Observed.Present(
                                document.childText("uuid").orElseThrow(),
                                document,
                                Optional.empty(),
                                false,
                                true,
                                false));
            } catch (XmlException malformed) {
                throw new IllegalStateException("The benchmark's own document is not well-formed.", malformed);
            }
        }
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
