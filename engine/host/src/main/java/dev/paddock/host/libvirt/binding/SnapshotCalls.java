package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls for snapshots; bound on first use. */
public final class SnapshotCalls {
    private SnapshotCalls() {}

    static {
        ClientLibrary.bind(SnapshotCalls.class);
    }

    public static native int virDomainListAllSnapshots(Pointer domain, PointerByReference snapshots, int flags);

    static native @Nullable public Pointer virDomainSnapshotLookupByName(Pointer domain, String name, int flags);

    public static native Pointer virDomainSnapshotGetName(Pointer snapshot);

    static native @Nullable public Pointer virDomainSnapshotGetXMLDesc(Pointer snapshot, int flags);

    public static native int virDomainSnapshotIsCurrent(Pointer snapshot, int flags);

    public static native int virDomainSnapshotFree(Pointer snapshot);

    static native @Nullable public Pointer virDomainSnapshotCreateXML(Pointer domain, String xml, int flags);

    public static native int virDomainRevertToSnapshot(Pointer snapshot, int flags);

    public static native int virDomainSnapshotDelete(Pointer snapshot, int flags);

    public static native int virDomainListAllCheckpoints(Pointer domain, PointerByReference checkpoints, int flags);

    public static native Pointer virDomainCheckpointGetName(Pointer checkpoint);

    public static native int virDomainCheckpointFree(Pointer checkpoint);
}
