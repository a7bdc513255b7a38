package dev.paddock.host.libvirt.guest;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.GuestAddress;
import dev.paddock.api.host.GuestConsole;
import dev.paddock.api.host.GuestHost;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.api.host.HostException;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.GuestCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.binding.StateReasons;
import dev.paddock.host.libvirt.connection.ConnectionGuard;
import dev.paddock.host.libvirt.connection.OpenFailure;
import dev.paddock.host.libvirt.connection.ReadConnection;
import dev.paddock.host.libvirt.connection.Workers;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.domain.MissingDomain;
import dev.paddock.host.machine.LibvirtMachine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at VMs through a read-only connection, and through a second one for what libvirt does not allow on the first.
 */
public final class LibvirtGuests implements GuestHost {
    private static final int CALLS_AT_ONCE = 4;
    private static final int UUID_LENGTH = 36;

    /** libvirt waits five seconds for an agent that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration NEIGHBORS_KEPT = Duration.ofSeconds(2);

    /** Offsets of the fields of virDomainInfo on a 64-bit machine, and its size. */
    private static final long MEMORY = 16;

    private static final long PROCESSORS = 24;
    private static final long LENGTH = 40;

    private static final int METADATA_ELEMENT = 2;
    private static final int CONFIG = 2;

    private final String uri;
    private final Workers workers;
    private final ReadConnection connection;
    private final ConnectionGuard gate = new ConnectionGuard();

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Tried only once: it may be refused.
    private Optional<WriteConnection> writing = Optional.empty();

    private boolean asked;

    /** The neighbors as they were read last, if they could be. */
    private record NeighborReading(long at, Optional<NeighborTable> table) {}

    private @Nullable NeighborReading neighbors;

    private LibvirtGuests(String uri, Workers workers, ReadConnection connection) {
        this.uri = uri;
        this.workers = workers;
        this.connection = connection;
    }

    public static LibvirtGuests open(String uri) {
        var workers = new Workers(CALLS_AT_ONCE);
        try {
            return new LibvirtGuests(uri, workers, workers.within(OpenFailure.TIMEOUT, () -> ReadConnection.open(uri)));
        } catch (HostException failure) {
            workers.close();
            throw OpenFailure.of(uri, failure);
        }
    }

    @Override
    public List<GuestStatus> list() {
        return workers.within(PATIENCE, () -> gate.using(this::all));
    }

    private List<GuestStatus> all() {
        var array = new PointerByReference();
        var count = DomainCalls.virConnectListAllDomains(connection.pointer(), array, 0);
        if (count < 0) {
            throw connection.failure();
        }
        List<GuestStatus> found = new ArrayList<>();
        for (var guest : array.getValue().getPointerArray(0, count)) {
            // A VM that has disappeared since the listing is left out.
            status(guest).filter(status -> !isPattern(guest, status)).ifPresent(found::add);
            DomainCalls.virDomainFree(guest);
        }
        ClientLibrary.free(array.getValue());
        found.sort(Comparator.comparing(GuestStatus::name));
        return found;
    }

    /** The pattern of a pool is a domain as well, but not a VM. */
    private static boolean isPattern(Pointer guest, GuestStatus status) {
        if (status.state().isActive()) {
            return false;
        }
        var metadata = GuestCalls.virDomainGetMetadata(guest, METADATA_ELEMENT, PoolSpec.SPACE, CONFIG);
        if (metadata == null) {
            ReadCalls.virResetLastError();
            return false;
        }
        return PoolSpec.isElement(read(ClientLibrary.take(metadata)));
    }

    @Override
    public GuestStatus status(String guest) {
        return with(guest, handle -> status(handle).orElseThrow(() -> MissingDomain.of(guest)));
    }

    private Optional<GuestStatus> status(Pointer guest) {
        var state = new IntByReference();
        var reason = new IntByReference();
        var autostart = new IntByReference();
        var info = new Memory(LENGTH);
        if (DomainCalls.virDomainGetState(guest, state, reason, 0) < 0
                || GuestCalls.virDomainGetInfo(guest, info) < 0
                || GuestCalls.virDomainGetAutostart(guest, autostart) < 0) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return Optional.empty();
            }
            throw connection.failure(error);
        }
        var uuid = new byte[UUID_LENGTH + 1];
        DomainCalls.virDomainGetUUIDString(guest, uuid);
        var known = StateReasons.state(state.getValue());
        return Optional.of(new GuestStatus(
                DomainCalls.virDomainGetName(guest).getString(0, "UTF-8"),
                new String(uuid, 0, UUID_LENGTH, StandardCharsets.US_ASCII),
                known,
                StateReasons.reason(known, reason.getValue()),
                info.getLong(MEMORY),
                info.getShort(PROCESSORS),
                autostart.getValue() == 1,
                DomainCalls.virDomainIsPersistent(guest) == 1));
    }

    @Override
    public List<GuestAddress> addresses(String guest) {
        return with(guest, handle -> {
            if (!status(handle).map(status -> status.state().isActive()).orElse(false)) {
                return List.<GuestAddress>of();
            }
            var live = live(handle);
            List<GuestAddress> found = new ArrayList<>(GuestAddresses.of(handle, GuestAddress.Source.LEASE));
            if (Channels.connected(live).contains(Channels.QEMU_AGENT)) {
                found.addAll(ofAgent(guest));
            }
            found.addAll(neighbors()
                    .map(table -> table.addresses(live))
                    .orElseGet(() -> GuestAddresses.of(handle, GuestAddress.Source.ARP)));
            if (!connection.isAlive()) {
                throw connection.failure();
            }
            return found;
        });
    }

    /** Return the neighbors of the host. A list of many VMs asks for them once. */
    private synchronized Optional<NeighborTable> neighbors() {
        var now = System.nanoTime();
        var last = neighbors;
        if (last == null || now - last.at() > NEIGHBORS_KEPT.toNanos()) {
            last = new NeighborReading(now, NeighborTable.of(LibvirtMachine.of(uri)));
            neighbors = last;
        }
        return last.table();
    }

    /** A user without write access may not ask an agent. */
    private List<GuestAddress> ofAgent(String guest) {
        var other = writing();
        if (other.isEmpty()) {
            return List.of();
        }
        var handle = DomainCalls.virDomainLookupByName(other.get().pointer(), guest);
        if (handle == null) {
            ReadCalls.virResetLastError();
            return List.of();
        }
        try {
            return GuestAddresses.of(handle, GuestAddress.Source.AGENT);
        } finally {
            DomainCalls.virDomainFree(handle);
        }
    }

    private synchronized Optional<WriteConnection> writing() {
        if (!asked) {
            asked = true;
            try {
                writing = Optional.of(WriteConnection.open(uri));
            } catch (HostException refused) {
                writing = Optional.empty();
            }
        }
        return writing;
    }

    private Element live(Pointer guest) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, 0);
        if (text == null) {
            throw connection.failure();
        }
        return read(ClientLibrary.take(text));
    }

    private static Element read(String document) {
        try {
            return XmlReader.read(document);
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
        }
    }

    @Override
    public GuestConsole console(String guest, boolean takeOver) {
        return workers.within(PATIENCE, () -> LibvirtConsole.open(uri, guest, takeOver));
    }

    private <T> T with(String name, Function<Pointer, T> use) {
        return workers.within(
                PATIENCE,
                () -> gate.using(() -> {
                    var guest = DomainCalls.virDomainLookupByName(connection.pointer(), name);
                    if (guest == null) {
                        var error = LibvirtError.take();
                        throw error.isAbsence() ? MissingDomain.of(name) : connection.failure(error);
                    }
                    try {
                        return use.apply(guest);
                    } finally {
                        DomainCalls.virDomainFree(guest);
                    }
                }));
    }

    @Override
    public void close() {
        gate.close(() -> {
            writing.ifPresent(WriteConnection::closeQuietly);
            connection.close();
        });
        workers.close();
    }
}
