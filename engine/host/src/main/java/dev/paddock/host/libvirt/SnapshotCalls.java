package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls on the snapshots of guests; bound when one is first asked about. */
final class SnapshotCalls {
    private SnapshotCalls() {}

    static {
        ClientLibrary.bind(SnapshotCalls.class);
    }

    static native int virDomainListAllSnapshots(Pointer domain, PointerByReference snapshots, int flags);

    static native @Nullable Pointer virDomainSnapshotLookupByName(Pointer domain, String name, int flags);

    static native Pointer virDomainSnapshotGetName(Pointer snapshot);

    static native @Nullable Pointer virDomainSnapshotGetXMLDesc(Pointer snapshot, int flags);

    static native int virDomainSnapshotIsCurrent(Pointer snapshot, int flags);

    static native int virDomainSnapshotFree(Pointer snapshot);

    static native @Nullable Pointer virDomainSnapshotCreateXML(Pointer domain, String xml, int flags);

    static native int virDomainRevertToSnapshot(Pointer snapshot, int flags);

    static native int virDomainSnapshotDelete(Pointer snapshot, int flags);
}
