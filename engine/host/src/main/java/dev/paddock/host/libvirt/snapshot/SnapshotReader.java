package dev.paddock.host.libvirt.snapshot;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.SnapshotCalls;
import dev.paddock.host.libvirt.connection.ReadConnection;
import dev.paddock.host.libvirt.storage.VolumeUsers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the snapshots of VMs. A snapshot's name is that of its VM, a slash, and its own. The current snapshot of a VM
 * is active.
 */
public final class SnapshotReader {
    private SnapshotReader() {}

    public static Map<String, Observed> read(ReadConnection connection, Optional<Set<String>> names) {
        Predicate<String> wanted =
                names.<Predicate<String>>map(set -> set::contains).orElse(name -> true);
        var guests = names.map(set -> set.stream().map(SnapshotReader::guest).collect(Collectors.toSet()));
        Map<String, Observed> found = new TreeMap<>();
        names.ifPresent(set -> set.forEach(name -> found.put(name, new Observed.Absent())));
        for (var guest : VolumeUsers.guests(connection)) {
            try {
                var name = DomainCalls.virDomainGetName(guest).getString(0, "UTF-8");
                if (guests.isEmpty() || guests.get().contains(name)) {
                    readGuest(connection, guest, name, wanted, found);
                }
            } finally {
                DomainCalls.virDomainFree(guest);
            }
        }
        return found;
    }

    /** Return the snapshots of one VM. */
    static Map<String, Observed> of(ReadConnection connection, Pointer guest, String name) {
        Map<String, Observed> found = new TreeMap<>();
        readGuest(connection, guest, name, every -> true, found);
        return found;
    }

    /** Return the VM in the name of a snapshot. */
    static String guest(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    /** Return the snapshot's own name. */
    static String own(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static void readGuest(
            ReadConnection connection,
            Pointer guest,
            String guestName,
            Predicate<String> wanted,
            Map<String, Observed> found) {
        var array = new PointerByReference();
        var count = SnapshotCalls.virDomainListAllSnapshots(guest, array, 0);
        if (count < 0) {
            var error = LibvirtError.take();
            var failure = connection.failure(error);
            // It has disappeared since the listing, or its driver has no snapshots.
            if (error.isAbsence() || failure.failure() == Failure.UNSUPPORTED) {
                return;
            }
            throw failure;
        }
        var snapshots = array.getValue().getPointerArray(0, count);
        ClientLibrary.free(array.getValue());
        for (var snapshot : snapshots) {
            try {
                var name = guestName + "/"
                        + SnapshotCalls.virDomainSnapshotGetName(snapshot).getString(0, "UTF-8");
                if (wanted.test(name)) {
                    readSnapshot(connection, snapshot, name).ifPresent(observed -> found.put(name, observed));
                }
            } finally {
                SnapshotCalls.virDomainSnapshotFree(snapshot);
            }
        }
    }

    private static Optional<Observed> readSnapshot(ReadConnection connection, Pointer snapshot, String name) {
        var text = SnapshotCalls.virDomainSnapshotGetXMLDesc(snapshot, 0);
        if (text == null) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return Optional.empty();
            }
            var failure = connection.failure(error);
            if (failure.failure() == HostException.Failure.LOST) {
                throw failure;
            }
            return Optional.of(unreadable(name, error.message()));
        }
        try {
            var document = XmlReader.read(ClientLibrary.take(text));
            var isCurrent = SnapshotCalls.virDomainSnapshotIsCurrent(snapshot, 0) == 1;
            return Optional.of(new Observed.Present(uuid(name), document, Optional.empty(), isCurrent, true, false));
        } catch (XmlException malformed) {
            return Optional.of(unreadable(name, "its document is not well-formed: " + malformed.getMessage()));
        }
    }

    /** Return a UUID derived from the name, because snapshots have none. */
    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(("snapshot/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Observed unreadable(String name, String reason) {
        return new Observed.Unreadable(Diagnostic.error(
                Code.CANNOT_READ,
                "The snapshot \"" + name + "\" is there, but cannot be read: " + reason,
                "Look at it with virsh snapshot-dumpxml; then run again."));
    }
}
