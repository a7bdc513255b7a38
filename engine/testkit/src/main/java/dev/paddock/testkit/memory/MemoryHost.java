package dev.paddock.testkit.memory;

import dev.paddock.api.host.Attachment;
import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.Usage;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReading;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.host.validate.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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
    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas();

    private final MemoryNetworks networks;
    private final MemoryNwfilters nwfilters;
    private final MemoryStorage storage;
    private final MemoryGuests guests;
    private final Map<String, Observed> images = new TreeMap<>();
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
        var chance = new Chance(seed);
        networks = new MemoryNetworks(chance);
        nwfilters = new MemoryNwfilters(chance);
        storage = new MemoryStorage(chance);
        guests = new MemoryGuests(chance);
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

    /** Plug an interface of a running guest into a network. */
    public synchronized void attach(String network, Attachment attachment) {
        networks.attach(network, attachment);
    }

    /** Have a running guest use a filter. */
    public synchronized void bind(String nwfilter) {
        nwfilters.bind(nwfilter);
    }

    /** Have something use a volume. */
    public synchronized void use(String volume, Usage usage) {
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
        return switch (kind) {
            case "network" -> networks.observed();
            case "nwfilter" -> nwfilters.observed();
            case "storage" -> storage.pools();
            case "volume" -> storage.volumes();
            case "vm" -> guests.observed(false);
            case "pool" -> guests.observed(true);
            case "image" -> Collections.unmodifiableMap(images);
            // Its guests have no disks that could hold any.
            case "snapshot" -> Map.of();
            default -> throw unsupported(kind);
        };
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
        var name = action.target().name();
        if (action.target().kind().equals("nwfilter")) {
            switch (action) {
                case Action.Define define -> nwfilters.define(document("nwfilter.rng", define));
                case Action.Undefine undefine -> nwfilters.undefine(name);
                case Action.Start start -> throw stateless(name);
                case Action.Stop stop -> throw stateless(name);
                case Action.SetAutostart autostart -> throw stateless(name);
                case Action.UpdateNetwork update -> throw stateless(name);
                case Action.Replug replug -> throw stateless(name);
                case Action.Build build -> throw stateless(name);
                case Action.Resize resize -> throw stateless(name);
                case Action.Provide provide -> throw stateless(name);
                case Action.AwaitReady ready -> throw stateless(name);
                case Action.SetMetadata metadata -> throw stateless(name);
                case Action.Guest guest -> throw stateless(name);
            }
        } else if (action.target().kind().equals("network")) {
            switch (action) {
                case Action.Define define -> networks.define(document("network.rng", define));
                case Action.Undefine undefine -> networks.undefine(name);
                case Action.Start start -> networks.start(name);
                case Action.Stop stop -> networks.stop(name);
                case Action.SetAutostart autostart -> networks.autostart(name, autostart.enabled());
                case Action.UpdateNetwork update -> networks.update(update, parsed(update.xml()));
                case Action.Replug replug -> networks.replug(name);
                case Action.SetMetadata metadata -> networks.setMetadata(metadata);
                case Action.Build build -> throw stateless(name);
                case Action.Resize resize -> throw stateless(name);
                case Action.Provide provide -> throw stateless(name);
                case Action.AwaitReady ready -> throw stateless(name);
                case Action.Guest guest -> throw stateless(name);
            }
        } else if (action.target().kind().equals("storage")) {
            switch (action) {
                case Action.Define define -> storage.define(document("storagepool.rng", define));
                case Action.Undefine undefine -> storage.undefine(name);
                case Action.Start start -> storage.start(name);
                case Action.Stop stop -> storage.stop(name);
                case Action.Build build -> storage.build(name);
                case Action.SetAutostart autostart -> storage.autostart(name, autostart.enabled());
                case Action.UpdateNetwork update -> throw stateless(name);
                case Action.Replug replug -> throw stateless(name);
                case Action.Resize resize -> throw stateless(name);
                case Action.Provide provide -> throw stateless(name);
                case Action.AwaitReady ready -> throw stateless(name);
                case Action.SetMetadata metadata -> throw stateless(name);
                case Action.Guest guest -> throw stateless(name);
            }
        } else if (action.target().kind().equals("volume")) {
            switch (action) {
                case Action.Define define -> storage.createVolume(name, document("storagevol.rng", define));
                case Action.Undefine undefine -> storage.deleteVolume(name);
                case Action.Resize resize -> storage.resize(resize);
                case Action.Provide provide -> throw stateless(name);
                case Action.Start start -> throw stateless(name);
                case Action.Stop stop -> throw stateless(name);
                case Action.Build build -> throw stateless(name);
                case Action.SetAutostart autostart -> throw stateless(name);
                case Action.UpdateNetwork update -> throw stateless(name);
                case Action.Replug replug -> throw stateless(name);
                case Action.AwaitReady ready -> throw stateless(name);
                case Action.SetMetadata metadata -> throw stateless(name);
                case Action.Guest guest -> throw stateless(name);
            }
        } else if (Set.of("vm", "pool").contains(action.target().kind())) {
            switch (action) {
                case Action.Define define -> guests.define(document("domain.rng", define));
                case Action.Undefine undefine -> guests.undefine(name);
                case Action.Start start -> guests.start(name, false);
                case Action.Stop stop -> guests.stop(name);
                case Action.SetAutostart autostart -> guests.autostart(name, autostart.enabled());
                case Action.AwaitReady ready -> guests.requireRunning(name);
                case Action.SetMetadata metadata -> guests.setMetadata(metadata);
                case Action.Guest guest -> guests.perform(guest);
                case Action.UpdateNetwork update -> throw notOfGuests(action);
                case Action.Replug replug -> throw notOfGuests(action);
                case Action.Build build -> throw notOfGuests(action);
                case Action.Resize resize -> throw notOfGuests(action);
                case Action.Provide provide -> throw notOfGuests(action);
            }
        } else if (action instanceof Action.Provide provide) {
            images.put(name, image(provide.image()));
        } else {
            throw unsupported(action.target().kind());
        }
        performed.add(action);
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

    private static Element document(String schema, Action.Define define) {
        var document = parsed(define.xml());
        if (define.validate()
                && SCHEMAS.check(schema, define.xml()) instanceof Verdict.Checked(List<String> problems)
                && !problems.isEmpty()) {
            throw Refusal.SCHEMA.of(0, "XML document failed to validate against schema: " + String.join(" ", problems));
        }
        return document;
    }

    private static Element parsed(String xml) {
        try {
            return XmlReading.read(xml);
        } catch (XmlException malformed) {
            throw Refusal.MALFORMED.of(0, malformed.getMessage() == null ? "not well-formed" : malformed.getMessage());
        }
    }

    private static IllegalArgumentException stateless(String name) {
        return new IllegalArgumentException("Of " + name + " this cannot be asked.");
    }

    private static IllegalArgumentException notOfGuests(Action action) {
        return new IllegalArgumentException(action.target() + " cannot do " + action + ".");
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

    private synchronized List<Attachment> attachments(String network) {
        return networks.attachments(network);
    }

    private synchronized List<Usage> usersOf(ResourceId volume) {
        return storage.users(volume);
    }

    private final class Reader implements HostReader {
        private final String uri;
        private boolean closed;

        Reader(String uri) {
            this.uri = uri;
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
        public List<Attachment> attachments(String network) {
            return MemoryHost.this.attachments(network);
        }

        @Override
        public List<Usage> users(ResourceId volume) {
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
