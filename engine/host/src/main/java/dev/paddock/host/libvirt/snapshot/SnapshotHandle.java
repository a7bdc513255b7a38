package dev.paddock.host.libvirt.snapshot;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.SnapshotCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.network.NetworkUpdater;
import java.util.Optional;
import java.util.function.Function;

/** Looks up VMs and their snapshots. */
final class SnapshotHandle {
    /** virDomainSnapshotXMLFlags: VIR_DOMAIN_SNAPSHOT_XML_SECURE. */
    private static final int SECURE = 1;

    private SnapshotHandle() {}

    /** Apply a function to the VM of a snapshot; empty if it does not exist. */
    static <T> Optional<T> withGuest(WriteConnection connection, String snapshot, Function<Pointer, T> use) {
        var guest = DomainCalls.virDomainLookupByName(connection.pointer(), SnapshotReader.guest(snapshot));
        if (guest == null) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return Optional.empty();
            }
            throw connection.failure(error);
        }
        try {
            return Optional.of(use.apply(guest));
        } finally {
            DomainCalls.virDomainFree(guest);
        }
    }

    /** Apply a function to a snapshot; empty if it does not exist. */
    static <T> Optional<T> with(WriteConnection connection, Pointer guest, String snapshot, Function<Pointer, T> use) {
        var handle = SnapshotCalls.virDomainSnapshotLookupByName(guest, SnapshotReader.own(snapshot), 0);
        if (handle == null) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return Optional.empty();
            }
            throw connection.failure(error);
        }
        try {
            return Optional.of(use.apply(handle));
        } finally {
            SnapshotCalls.virDomainSnapshotFree(handle);
        }
    }

    /** Return the text of a snapshot's document with its secrets, for libvirt only, never to be shown. */
    static String text(WriteConnection connection, Pointer snapshot) {
        var text = SnapshotCalls.virDomainSnapshotGetXMLDesc(snapshot, SECURE);
        if (text == null) {
            throw connection.failure();
        }
        return ClientLibrary.take(text);
    }

    static Element domain(WriteConnection connection, Pointer guest, int flags) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, flags);
        if (text == null) {
            throw connection.failure();
        }
        return NetworkUpdater.parsed(ClientLibrary.take(text));
    }

    static HostException noGuest(ResourceId snapshot) {
        return new HostException(
                Failure.REFUSED,
                LibvirtError.NO_DOMAIN,
                0,
                "There is no guest of the name \"" + SnapshotReader.guest(snapshot.name()) + "\".");
    }

    static HostException noSnapshot(ResourceId snapshot) {
        return new HostException(
                Failure.REFUSED,
                LibvirtError.NO_SNAPSHOT,
                0,
                "The guest \"" + SnapshotReader.guest(snapshot.name()) + "\" has no snapshot \""
                        + SnapshotReader.own(snapshot.name()) + "\".");
    }
}
