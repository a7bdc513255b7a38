package dev.paddock.host.libvirt;

import dev.paddock.api.host.Attachment;
import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.Usage;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.host.machine.BridgeFiltering;
import dev.paddock.host.machine.FilterBackendProbe;
import dev.paddock.host.machine.HostAddresses;
import dev.paddock.host.reach.Machine;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Reads a host through read-only connections: one, and some more while there is much to read. */
final class LibvirtReader implements HostReader {
    static final Duration PATIENCE_TO_OPEN = Duration.ofSeconds(30);
    static final Duration PATIENCE_TO_READ = Duration.ofSeconds(60);

    /** libvirtd works at five calls of a connection at once; the fifth would stall all others. */
    private static final int CALLS_AT_ONCE = 4;

    /** So many objects are worth another connection. */
    private static final int MANY = 48;

    private final String uri;
    private final Workers workers;
    private final ReadConnection first;
    private final List<Helper> helpers;
    private final Secrets secrets;
    private final Gate gate = new Gate();

    private LibvirtReader(String uri, Workers workers, ReadConnection first, int extraConnections) {
        this.uri = uri;
        this.workers = workers;
        this.first = first;
        this.secrets = new Secrets(uri);
        this.helpers = new ArrayList<>();
        for (var i = 0; i < extraConnections; i++) {
            helpers.add(new Helper(uri));
        }
    }

    static LibvirtReader open(String uri, int extraConnections) {
        var workers = new Workers(CALLS_AT_ONCE + extraConnections);
        try {
            return new LibvirtReader(
                    uri, workers, workers.within(PATIENCE_TO_OPEN, () -> ReadConnection.open(uri)), extraConnections);
        } catch (HostException failure) {
            workers.close();
            throw unreachable(uri, failure);
        }
    }

    /** Return the failure to connect: what did not answer in time was never there. */
    static HostException unreachable(String uri, HostException failure) {
        var what = failure.failure() == Failure.LOST ? Failure.UNREACHABLE : failure.failure();
        var told = new HostException(
                what, failure.code(), failure.domain(), "No connection to " + uri + ": " + failure.reason());
        var way = failure.advice().or(() -> isRemote(uri) ? Optional.of(remoteWay(uri)) : Optional.empty());
        return way.map(told::withAdvice).orElse(told);
    }

    private static boolean isRemote(String uri) {
        try {
            return new URI(uri).getHost() != null;
        } catch (URISyntaxException odd) {
            return false;
        }
    }

    private static String remoteWay(String uri) {
        return "Correct the URI, or what keeps `virsh -c '" + uri + "' version` from answering.";
    }

    @Override
    public HostInfo info() {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(first::info));
    }

    @Override
    public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
        if (kind.equals("volume")) {
            return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Volumes.read(first, names)));
        }
        if (kind.equals("image")) {
            return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Images.read(first, names)));
        }
        if (kind.equals("snapshot")) {
            return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Snapshots.read(first, names)));
        }
        var readable = readable(kind);
        Predicate<String> wanted =
                names.<Predicate<String>>map(set -> set::contains).orElse(name -> true);
        Map<String, Observed> observed = new TreeMap<>();
        names.ifPresent(set -> set.forEach(name -> observed.put(name, new Observed.Absent())));
        if (names.isPresent() && observed.isEmpty()) {
            return observed;
        }
        var reading = workers.within(
                PATIENCE_TO_READ,
                () -> gate.using(() -> {
                    var started = new Reading(readable, Listing.of(readable, first, wanted));
                    if (started.size() < MANY) {
                        started.readWith(first);
                    }
                    return started;
                }));
        readOn(reading);
        reading.collect((name, object) -> {
            if (!(object instanceof Observed.Absent)) {
                observed.put(name, object);
            }
        });
        return kind.equals("network") ? withUnplugged(observed) : observed;
    }

    private Map<String, Observed> withUnplugged(Map<String, Observed> networks) {
        Set<String> active = new HashSet<>();
        networks.forEach((name, observed) -> {
            if (observed instanceof Observed.Present present && present.active()) {
                active.add(name);
            }
        });
        if (active.isEmpty()) {
            return networks;
        }
        var unplugged =
                workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Attachments.unplugged(first, taps(), active)));
        unplugged.forEach((name, interfaces) -> networks.computeIfPresent(
                name,
                (key, observed) ->
                        observed instanceof Observed.Present present ? present.withUnplugged(interfaces) : observed));
        return networks;
    }

    private void readOn(Reading reading) {
        if (reading.isDone()) {
            return;
        }
        List<Future<?>> started = new ArrayList<>();
        started.add(workers.start(() -> gate.using(() -> {
            reading.readWith(first);
            return true;
        })));
        for (var helper : helpers) {
            started.add(workers.start(() -> gate.using(() -> {
                helper.help(reading);
                return true;
            })));
        }
        started.forEach(future -> Workers.await(future, PATIENCE_TO_READ, reading::progress));
    }

    @Override
    public List<Attachment> attachments(String network) {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Attachments.of(first, taps(), network)));
    }

    private Taps taps() {
        return new Taps(first.pointer(), Machine.of(uri));
    }

    @Override
    public List<Usage> users(ResourceId volume) {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> VolumeUsers.of(first, volume)));
    }

    @Override
    public boolean accelerates() {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Acceleration.isThere(first)));
    }

    /** What is not loaded yet libvirt has loaded with the first filter that it binds: xt_physdev asks for it. */
    @Override
    public boolean filtersBridges() {
        return BridgeFiltering.at(uri).filter(BridgeFiltering.OFF::equals).isEmpty();
    }

    @Override
    public FilterBackend filterBackend() {
        return FilterBackendProbe.at(uri);
    }

    @Override
    public Optional<List<String>> addresses() {
        return HostAddresses.at(uri);
    }

    private ReadableKind readable(String kind) {
        return switch (kind) {
            case "network" -> new Networks();
            case "nwfilter" -> new Nwfilters();
            case "storage" -> new StoragePools();
            case "vm" -> Domains.guests(secrets);
            case "pool" -> Domains.patterns(secrets);
            default ->
                throw new HostException(Failure.UNSUPPORTED, 0, 0, "Objects of kind " + kind + " cannot be read.");
        };
    }

    @Override
    public void close() {
        gate.close(() -> {
            helpers.forEach(Helper::close);
            secrets.close();
            first.close();
        });
        workers.close();
    }
}
