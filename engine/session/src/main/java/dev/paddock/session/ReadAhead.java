package dev.paddock.session;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostRoute;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.core.bind.BindListener;
import dev.paddock.core.resource.InventoryHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Connects to the hosts of a playbook and reads them while the playbook is still being bound.
 *
 * <p>Each result is used once: a later request, such as after an apply, reads the host.
 */
final class ReadAhead implements HostConnector, BindListener, AutoCloseable {
    /** From this number of resources of a kind, reading all of them is faster than waiting for their names. */
    private static final int MANY = 48;

    private final HostConnector hosts;
    private final Map<String, Ahead> opened = new ConcurrentHashMap<>();

    ReadAhead(HostConnector hosts) {
        this.hosts = hosts;
    }

    /**
     * A remote host may ask for a password or respond slowly, so it is only contacted once the playbook is known to be
     * valid.
     */
    @Override
    public void upcoming(InventoryHost host, Kind kind, int count) {
        if (host.uri().contains(":///")) {
            var ahead = opened.computeIfAbsent(host.uri(), Ahead::new);
            if (count >= MANY) {
                ahead.start(kind.name());
            }
        }
    }

    @Override
    public HostReader reader(String uri) {
        var ahead = opened.remove(uri);
        if (ahead == null) {
            return hosts.reader(uri);
        }
        ahead.reader();
        return ahead;
    }

    @Override
    public HostWriter writer(String uri) {
        return hosts.writer(uri);
    }

    @Override
    public NameResolver names() {
        return hosts.names();
    }

    /** Close connections that were opened and never used. */
    @Override
    public void close() {
        opened.values().forEach(Ahead::close);
    }

    /** A host that is being connected and read. */
    private final class Ahead implements HostReader {
        private final FutureTask<HostReader> reader;
        private final Map<String, FutureTask<Map<String, Observed>>> readings = new ConcurrentHashMap<>();

        Ahead(String uri) {
            reader = started(() -> hosts.reader(uri));
        }

        void start(String kind) {
            readings.computeIfAbsent(kind, name -> started(() -> reader().read(name, Optional.empty())));
        }

        HostReader reader() {
            return result(reader);
        }

        @Override
        public Map<String, Set<String>> emulators() {
            return reader().emulators();
        }

        @Override
        public boolean accelerates() {
            return reader().accelerates();
        }

        @Override
        public FilterBackend filterBackend() {
            return reader().filterBackend();
        }

        @Override
        public Optional<List<String>> addresses() {
            return reader().addresses();
        }

        @Override
        public List<HostRoute> routes() {
            return reader().routes();
        }

        @Override
        public Optional<Element> capabilities() {
            return reader().capabilities();
        }

        @Override
        public Optional<Element> domainCapabilities(String type, String architecture, String machine) {
            return reader().domainCapabilities(type, architecture, machine);
        }

        @Override
        public boolean filtersBridges() {
            return reader().filtersBridges();
        }

        @Override
        public HostInfo info() {
            return reader().info();
        }

        @Override
        public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
            var reading = readings.remove(kind);
            if (reading == null) {
                return reader().read(kind, names);
            }
            var all = result(reading);
            if (names.isEmpty()) {
                return all;
            }
            Map<String, Observed> wanted = new HashMap<>();
            names.get().forEach(name -> wanted.put(name, all.getOrDefault(name, new Observed.Absent())));
            return wanted;
        }

        @Override
        public List<NetworkAttachment> attachments(String network) {
            return reader().attachments(network);
        }

        @Override
        public List<VolumeUsage> users(ResourceId volume) {
            return reader().users(volume);
        }

        @Override
        public Map<String, List<Element>> layers(ResourceId vm) {
            return reader().layers(vm);
        }

        /** Waits for reads in progress first, as nothing may read from a closed connection. */
        @Override
        public void close() {
            readings.keySet().forEach(kind -> quietly(() -> read(kind, Optional.empty())));
            quietly(() -> reader().close());
        }
    }

    /** A host that does not respond has already been reported. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (HostException told) {
            // Nothing is left to do.
        }
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, "read-ahead");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new HostException(HostException.Failure.LOST, 0, 0, "Interrupted while waiting for the host.");
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case RuntimeException known -> known;
                case Error error -> throw error;
                case null, default ->
                    new IllegalStateException("Reading ahead failed. This is a bug in this tool.", failure);
            };
        }
    }
}
