package dev.paddock.host.libvirt.snapshot;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.SnapshotCalls;
import dev.paddock.host.libvirt.connection.WritableKind;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.domain.GuestState;
import dev.paddock.host.libvirt.network.NetworkUpdater;
import dev.paddock.host.machine.LibvirtMachine;

/** Takes and deletes snapshots of VMs. Their names are those of their VMs, a slash, and their own. */
public final class SnapshotWriter implements WritableKind {
    private static final String DESCRIPTION = "description";

    /** virDomainSnapshotCreateFlags: VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE, _CURRENT. */
    private static final int REDEFINE = 1;

    private static final int CURRENT = 1 << 1;

    private final LibvirtMachine machine;

    public SnapshotWriter(LibvirtMachine machine) {
        this.machine = machine;
    }

    /**
     * Take a snapshot. If it exists, only the description changes: a snapshot is never overwritten. A document that holds
     * the VM's definition is that of a snapshot which the VM's images contain already, so libvirt only learns of it.
     */
    @Override
    public void define(WriteConnection connection, Action.Define define) {
        var id = define.target();
        var found = SnapshotHandle.withGuest(connection, id.name(), guest -> {
            var there = SnapshotHandle.with(connection, guest, id.name(), snapshot -> {
                describe(connection, guest, snapshot, NetworkUpdater.parsed(define.xml()));
                return true;
            });
            if (there.isEmpty()) {
                var isTaken =
                        NetworkUpdater.parsed(define.xml()).child("domain").isPresent();
                if (!isTaken) {
                    check(connection, guest, id.name()).requireFree(ImageCheck.checkpoints(guest));
                }
                create(connection, guest, define.xml(), isTaken ? REDEFINE | CURRENT : 0);
            }
            return true;
        });
        if (found.isEmpty()) {
            throw SnapshotHandle.noGuest(id);
        }
    }

    private ImageCheck check(WriteConnection connection, Pointer guest, String name) {
        return new ImageCheck(
                SnapshotReader.guest(name),
                SnapshotReader.own(name),
                ImageContents.of(connection, machine, SnapshotHandle.domain(connection, guest, 0)));
    }

    private static void describe(WriteConnection connection, Pointer guest, Pointer snapshot, Element wanted) {
        var kept = NetworkUpdater.parsed(SnapshotHandle.text(connection, snapshot));
        if (kept.childText(DESCRIPTION).equals(wanted.childText(DESCRIPTION))) {
            return;
        }
        var described = wanted.child(DESCRIPTION).map(kept::withChild).orElse(kept.withoutChildren(DESCRIPTION));
        redefine(connection, guest, snapshot, XmlWriter.write(described));
    }

    /** Replace the document of a snapshot. Its content stays, and so does the current snapshot. */
    private static void redefine(WriteConnection connection, Pointer guest, Pointer snapshot, String xml) {
        var flags = SnapshotCalls.virDomainSnapshotIsCurrent(snapshot, 0) == 1 ? REDEFINE | CURRENT : REDEFINE;
        var redefined = SnapshotCalls.virDomainSnapshotCreateXML(guest, xml, flags);
        if (redefined == null) {
            throw connection.failure();
        }
        SnapshotCalls.virDomainSnapshotFree(redefined);
    }

    /**
     * Without VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE: loading its schema, which includes that of domains, takes longer
     * than the snapshot.
     */
    private static void create(WriteConnection connection, Pointer guest, String xml, int flags) {
        var snapshot = SnapshotCalls.virDomainSnapshotCreateXML(guest, xml, flags);
        if (snapshot == null) {
            var failure = connection.failure();
            throw failure.failure() == Failure.LOST
                    ? failure
                    : SnapshotAdvice.whenTaking(
                            failure, SnapshotHandle.domain(connection, guest, 0), GuestState.of(connection, guest));
        }
        SnapshotCalls.virDomainSnapshotFree(snapshot);
    }

    @Override
    public void undefine(WriteConnection connection, String name) {
        SnapshotHandle.withGuest(
                connection,
                name,
                guest -> SnapshotHandle.with(connection, guest, name, snapshot -> {
                    check(connection, guest, name).requireSingle();
                    if (SnapshotCalls.virDomainSnapshotDelete(snapshot, 0) < 0) {
                        throw connection.failure();
                    }
                    return true;
                }));
    }

    @Override
    public void start(WriteConnection connection, String name) {
        throw stateless(name);
    }

    @Override
    public void stop(WriteConnection connection, String name) {
        throw stateless(name);
    }

    @Override
    public void autostart(WriteConnection connection, String name, boolean enabled) {
        throw stateless(name);
    }

    @Override
    public void update(WriteConnection connection, Action.UpdateNetwork update) {
        throw stateless(update.target().name());
    }

    @Override
    public void replug(WriteConnection connection, String name, ProgressListener progress) {
        throw stateless(name);
    }

    private static IllegalArgumentException stateless(String name) {
        return new IllegalArgumentException(name + " is a snapshot. This is a bug in this tool.");
    }
}
