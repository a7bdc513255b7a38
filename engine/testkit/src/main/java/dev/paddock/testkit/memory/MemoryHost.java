package dev.paddock.testkit.memory;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.GuestAddress;
import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.host.validate.LibvirtSchemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A host in memory, which does to networks, filters, storage pools, volumes and guests what libvirt 9.0 does: what
 * it fills in, rewrites and refuses.
 * Whatever URI it is asked for, it is the same host.
 *
 * <p>That it does not lie is what {@link dev.paddock.testkit.contract.HostContract} shows. Where libvirt's schemas are
 * installed, documents are checked by them, as libvirt does with its VALIDATE flags.
 */
public final class MemoryHost implements HostConnector {
    private final MemoryNetworks networks;
    private final MemoryNwfilters nwfilters;
    private final MemoryStorage storage;
    private final MemoryGuests guests;
    private final Map<String, Observed> images = new TreeMap<>();
    private final Map<String, MemoryReader> readers = new HashMap<>();
    private final Map<String, MemoryWriter> writers = new HashMap<>();
    private final Map<String, List<GuestAddress>> reported = new HashMap<>();
    private final List<Action> performed = new ArrayList<>();
    private int open;
    private boolean filtersBridges = true;

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // A host may not tell.
    private Optional<List<String>> addresses = Optional.of(List.of());

    private FilterBackend filterBackend =
            new FilterBackend(FilterBackend.Kind.IPTABLES, true, "which it looks for first", true, true);
    private NameResolver names = NameResolver.STAND_IN;
    private HostInfo.Version version = LibvirtSchemas.installedVersion().orElse(new HostInfo.Version(9, 0, 0));

    public MemoryHost() {
        this(1);
    }

    /**
     * @param seed what is drawn by lot, UUIDs and addresses, is drawn from it
     */
    public MemoryHost(long seed) {
        var chance = new SeededChoice(seed);
        networks = new MemoryNetworks(chance);
        nwfilters = new MemoryNwfilters(chance);
        storage = new MemoryStorage(chance);
        guests = new MemoryGuests(chance);
        add("network", networks::observed, networks::perform);
        add("nwfilter", nwfilters::observed, nwfilters::perform);
        add("storage", storage::pools, storage::changePool);
        add("volume", storage::volumes, storage::changeVolume);
        add("vm", () -> guests.observed(false), guests::perform);
        add("pool", () -> guests.observed(true), guests::perform);
        add("image", () -> Collections.unmodifiableMap(images), this::provideImage);
        // Its guests have no disks that could hold any.
        readers.put("snapshot", Map::of);
    }

    /** Let the host have objects of another kind. */
    public synchronized void support(String kind, MemoryReader reader, MemoryWriter writer) {
        add(kind, reader, writer);
    }

    private void add(String kind, MemoryReader reader, MemoryWriter writer) {
        readers.put(kind, reader);
        writers.put(kind, writer);
    }

    @Override
    public synchronized HostReader reader(String uri) {
        open++;
        return new Reader(uri);
    }

    @Override
    public synchronized HostWriter writer(String uri) {
        open++;
        return new Writer();
    }

    @Override
    public synchronized GuestHost guests(String uri) {
        return new MemoryGuestHost(objects("vm"), Map.copyOf(reported));
    }

    /** Have sources report these addresses for a VM while it runs. */
    public synchronized void report(String guest, List<GuestAddress> addressesOfGuest) {
        reported.put(guest, List.copyOf(addressesOfGuest));
    }

    /** Plug an interface of a running guest into a network. */
    public synchronized void attach(String network, NetworkAttachment attachment) {
        networks.attach(network, attachment);
    }

    /** Have a running guest use a filter. */
    public synchronized void bind(String nwfilter) {
        nwfilters.bind(nwfilter);
    }

    /** Have something use a volume. */
    public synchronized void use(String volume, VolumeUsage usage) {
        storage.use(volume, usage);
    }

    @Override
    public synchronized NameResolver names() {
        return names;
    }

    /** Have names resolve to other addresses. */
    public synchronized void resolve(NameResolver others) {
        names = others;
    }

    /** Say that this is another version than the one whose schemas are those of this machine. */
    public synchronized void pretend(HostInfo.Version other) {
        version = other;
    }

    /** Keep the titles, descriptions and metadata of networks as libvirt does since 9.7. */
    public synchronized void describeNetworks() {
        networks.describe();
    }

    /** Keep what crosses bridges from the firewall. */
    public synchronized void hideBridges() {
        filtersBridges = false;
    }

    /** Let other programs carry out filters. */
    public synchronized void filterBy(FilterBackend other) {
        filterBackend = other;
    }

    private synchronized FilterBackend filterBackend() {
        return filterBackend;
    }

    /** Give the host other addresses; none for a host that does not tell. */
    public synchronized void hasAddresses(Optional<List<String>> others) {
        addresses = others;
    }

    private synchronized Optional<List<String>> addresses() {
        return addresses;
    }

    private synchronized boolean filtersBridges() {
        return filtersBridges;
    }

    /** Return all actions that were carried out, in their order. */
    public synchronized List<Action> performed() {
        return List.copyOf(performed);
    }

    /** Return all objects of a kind. */
    public synchronized Map<String, Observed> objects(String kind) {
        var reader = readers.get(kind);
        if (reader == null) {
            throw unsupported(kind);
        }
        return reader.observed();
    }

    /** Return what should never be so, one sentence each: leaked connections, dangling references, orphaned guests. */
    public synchronized List<String> violations() {
        var violations = new ArrayList<>(networks.violations());
        violations.addAll(nwfilters.violations());
        violations.addAll(storage.violations());
        if (open > 0) {
            violations.add(open + " connections are still open");
        }
        return violations;
    }

    private synchronized void perform(Action action) {
        var writer = writers.get(action.target().kind());
        if (writer == null) {
            throw unsupported(action.target().kind());
        }
        writer.perform(action);
        performed.add(action);
    }

    private void provideImage(Action action) {
        if (!(action instanceof Action.Provide provide)) {
            throw MemoryWriter.unsupported(action);
        }
        images.put(action.target().name(), image(provide.image()));
        provide.image().files().forEach(file -> storage.provide(ImageStore.path(file)));
    }

    private static Observed image(ImageSpec image) {
        var name = image.objectName();
        return new Observed.Present(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                Element.of("image").plus(Element.of("name").withText(name)),
                Optional.empty(),
                true,
                true,
                false);
    }

    private static HostException unsupported(String kind) {
        return new HostException(Failure.UNSUPPORTED, 0, 0, "There is no driver for objects of kind " + kind + ".");
    }

    private static void requireOpen(boolean closed) {
        if (closed) {
            throw new HostException(Failure.LOST, 0, 0, "The connection is closed.");
        }
    }

    private synchronized void close() {
        open--;
    }

    private synchronized List<NetworkAttachment> attachments(String network) {
        return networks.attachments(network);
    }

    private synchronized List<VolumeUsage> usersOf(ResourceId volume) {
        return storage.users(volume);
    }

    private final class Reader implements HostReader {
        private final String uri;
        private boolean closed;

        Reader(String uri) {
            this.uri = uri;
        }

        @Override
        public Map<String, Set<String>> emulators() {
            return Map.of("x86_64", Set.of("/usr/bin/qemu-system-x86_64"));
        }

        @Override
        public boolean accelerates() {
            return false;
        }

        @Override
        public FilterBackend filterBackend() {
            return MemoryHost.this.filterBackend();
        }

        @Override
        public Optional<List<String>> addresses() {
            return MemoryHost.this.addresses();
        }

        @Override
        public boolean filtersBridges() {
            return MemoryHost.this.filtersBridges();
        }

        @Override
        public HostInfo info() {
            return new HostInfo(uri, "QEMU", version);
        }

        @Override
        public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
            requireOpen(closed);
            var all = objects(kind);
            if (names.isEmpty()) {
                return all;
            }
            Map<String, Observed> wanted = new TreeMap<>();
            names.get().forEach(name -> wanted.put(name, all.getOrDefault(name, new Observed.Absent())));
            return wanted;
        }

        @Override
        public List<NetworkAttachment> attachments(String network) {
            return MemoryHost.this.attachments(network);
        }

        @Override
        public List<VolumeUsage> users(ResourceId volume) {
            return usersOf(volume);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                MemoryHost.this.close();
            }
        }
    }

    private final class Writer implements HostWriter {
        private boolean closed;

        @Override
        public void perform(Action action) {
            requireOpen(closed);
            MemoryHost.this.perform(action);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                MemoryHost.this.close();
            }
        }
    }
}
