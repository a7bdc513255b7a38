package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls that read volumes; bound when volumes are first asked for. */
final class VolumeCalls {
    private VolumeCalls() {}

    static {
        ClientLibrary.bind(VolumeCalls.class);
    }

    static native int virStoragePoolListAllVolumes(Pointer pool, PointerByReference volumes, int flags);

    static native Pointer virStorageVolGetName(Pointer volume);

    static native @Nullable Pointer virStorageVolGetXMLDesc(Pointer volume, int flags);

    static native int virStorageVolFree(Pointer volume);
}
