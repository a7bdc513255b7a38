package dev.paddock.host.libvirt;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostRoute;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.connection.AdditionalConnection;
import dev.paddock.host.libvirt.connection.ConnectionGuard;
import dev.paddock.host.libvirt.connection.ObjectLister;
import dev.paddock.host.libvirt.connection.ObjectReader;
import dev.paddock.host.libvirt.connection.OpenFailure;
import dev.paddock.host.libvirt.connection.ReadConnection;
import dev.paddock.host.libvirt.connection.ReadableKind;
import dev.paddock.host.libvirt.connection.Workers;
import dev.paddock.host.libvirt.domain.Acceleration;
import dev.paddock.host.libvirt.domain.Capabilities;
import dev.paddock.host.libvirt.domain.CapabilityDocuments;
import dev.paddock.host.libvirt.domain.DomainReader;
import dev.paddock.host.libvirt.domain.Secrets;
import dev.paddock.host.libvirt.network.Attachments;
import dev.paddock.host.libvirt.network.NetworkReader;
import dev.paddock.host.libvirt.network.TapDevices;
import dev.paddock.host.libvirt.nwfilter.NwfilterReader;
import dev.paddock.host.libvirt.snapshot.DiskLayers;
import dev.paddock.host.libvirt.snapshot.SnapshotReader;
import dev.paddock.host.libvirt.storage.ImageReader;
import dev.paddock.host.libvirt.storage.StoragePoolReader;
import dev.paddock.host.libvirt.storage.VolumeReader;
import dev.paddock.host.libvirt.storage.VolumeUsers;
import dev.paddock.host.machine.BridgeNetfilter;
import dev.paddock.host.machine.FilterBackendProbe;
import dev.paddock.host.machine.HostAddresses;
import dev.paddock.host.machine.HostRoutes;
import dev.paddock.host.machine.LibvirtMachine;
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

/** Reads a host through read-only connections: one, and more while there is much to read. */
public final class LibvirtReader implements HostReader {
    static final Duration PATIENCE_TO_READ = Duration.ofSeconds(60);

    /** libvirtd handles five calls of a connection at once; the fifth would block all others. */
    private static final int CALLS_AT_ONCE = 4;

    /** The number of objects from which another connection pays off. */
    private static final int MANY = 48;

    private final String uri;
    private final Workers workers;
    private final ReadConnection first;
    private final List<AdditionalConnection> helpers;
    private final Secrets secrets;
    private final CapabilityDocuments capabilities = new CapabilityDocuments();
    private final ConnectionGuard gate = new ConnectionGuard();

    private LibvirtReader(String uri, Workers workers, ReadConnection first, int extraConnections) {
        this.uri = uri;
        this.workers = workers;
        this.first = first;
        this.secrets = new Secrets(uri);
        this.helpers = new ArrayList<>();
        for (var i = 0; i < extraConnections; i++) {
            helpers.add(new AdditionalConnection(uri));
        }
    }

    static LibvirtReader open(String uri, int extraConnections) {
        var workers = new Workers(CALLS_AT_ONCE + extraConnections);
        try {
            return new LibvirtReader(
                    uri,
                    workers,
                    workers.within(OpenFailure.TIMEOUT, () -> ReadConnection.open(uri)),
                    extraConnections);
        } catch (HostException failure) {
            workers.close();
            throw OpenFailure.of(uri, failure);
        }
    }

    @Override
    public HostInfo info() {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(first::info));
    }

    @Override
    public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
        if (kind.equals("volume")) {
            return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> VolumeReader.read(first, names)));
        }
        if (kind.equals("image")) {
            return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> ImageReader.read(first, names)));
        }
        if (kind.equals("snapshot")) {
            return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> SnapshotReader.read(first, names)));
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
                    var started = new ObjectReader(readable, ObjectLister.of(readable, first, wanted));
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

    private void readOn(ObjectReader reading) {
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
    public List<NetworkAttachment> attachments(String network) {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Attachments.of(first, taps(), network)));
    }

    private TapDevices taps() {
        return new TapDevices(first.pointer(), LibvirtMachine.of(uri));
    }

    @Override
    public List<VolumeUsage> users(ResourceId volume) {
        return workers.within(
                PATIENCE_TO_READ,
                () -> gate.using(() -> VolumeUsers.of(first, volume, DiskLayers.all(first, LibvirtMachine.of(uri)))));
    }

    @Override
    public Map<String, List<Element>> layers(ResourceId vm) {
        return workers.within(
                PATIENCE_TO_READ, () -> gate.using(() -> DiskLayers.of(first, LibvirtMachine.of(uri), vm.name())));
    }

    @Override
    public boolean accelerates() {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> Acceleration.isThere(first)));
    }

    @Override
    public Map<String, Set<String>> emulators() {
        return workers.within(
                PATIENCE_TO_READ, () -> gate.using(() -> Capabilities.of(first).emulators()));
    }

    /**
     * If br_netfilter is not loaded yet, libvirt loads it with the first filter that it binds: xt_physdev requests it.
     */
    @Override
    public boolean filtersBridges() {
        return BridgeNetfilter.at(uri).filter(BridgeNetfilter.OFF::equals).isEmpty();
    }

    @Override
    public FilterBackend filterBackend() {
        return FilterBackendProbe.at(uri);
    }

    @Override
    public Optional<List<String>> addresses() {
        return HostAddresses.at(uri);
    }

    @Override
    public List<HostRoute> routes() {
        return HostRoutes.at(uri);
    }

    @Override
    public Optional<Element> capabilities() {
        return workers.within(PATIENCE_TO_READ, () -> gate.using(() -> capabilities.ofHost(first)));
    }

    @Override
    public Optional<Element> domainCapabilities(String type, String architecture, String machine) {
        return workers.within(
                PATIENCE_TO_READ, () -> gate.using(() -> capabilities.ofDomain(first, type, architecture, machine)));
    }

    private ReadableKind readable(String kind) {
        return switch (kind) {
            case "network" -> new NetworkReader();
            case "nwfilter" -> new NwfilterReader();
            case "storage" -> new StoragePoolReader();
            case "vm" -> DomainReader.guests(secrets);
            case "pool" -> DomainReader.patterns(secrets);
            default ->
                throw new HostException(Failure.UNSUPPORTED, 0, 0, "Objects of kind " + kind + " cannot be read.");
        };
    }

    @Override
    public void close() {
        gate.close(() -> {
            helpers.forEach(AdditionalConnection::close);
            secrets.close();
            first.close();
        });
        workers.close();
    }
}
