package dev.paddock.testkit.command;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostRoute;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hosts with the capabilities that libvirt 9.0 of Debian 12 told, without KVM and without the package ovmf. */
record DescribedHost(HostConnector hosts) implements HostConnector {
    private static final Path FOLDER =
            Path.of(System.getProperty("paddock.home", "../.."), "engine/testkit/src/test/resources/mistakes/host");

    @Override
    public HostReader reader(String uri) {
        return new Reader(hosts.reader(uri));
    }

    @Override
    public HostWriter writer(String uri) {
        return hosts.writer(uri);
    }

    @Override
    public NameResolver names() {
        return hosts.names();
    }

    private static Element document(String name) {
        try {
            return XmlReader.read(Files.readString(FOLDER.resolve(name)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (XmlException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private record Reader(HostReader reader) implements HostReader {
        @Override
        public Optional<Element> capabilities() {
            return Optional.of(document("capabilities.xml"));
        }

        @Override
        public Optional<Element> domainCapabilities(String type, String architecture, String machine) {
            return machine.startsWith("q35") ? Optional.of(document("q35.xml")) : Optional.empty();
        }

        @Override
        public List<HostRoute> routes() {
            return List.of(new HostRoute("172.16.0.0", 16, "eth0"));
        }

        @Override
        public HostInfo info() {
            return reader.info();
        }

        @Override
        public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
            return reader.read(kind, names);
        }

        @Override
        public List<NetworkAttachment> attachments(String network) {
            return reader.attachments(network);
        }

        @Override
        public List<VolumeUsage> users(ResourceId volume) {
            return reader.users(volume);
        }

        @Override
        public Map<String, Set<String>> emulators() {
            return reader.emulators();
        }

        @Override
        public boolean accelerates() {
            return reader.accelerates();
        }

        @Override
        public boolean filtersBridges() {
            return reader.filtersBridges();
        }

        @Override
        public FilterBackend filterBackend() {
            return reader.filterBackend();
        }

        @Override
        public Optional<List<String>> addresses() {
            return reader.addresses();
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
