package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls that read volumes; bound on first use. */
public final class VolumeCalls {
    private VolumeCalls() {}

    static {
        ClientLibrary.bind(VolumeCalls.class);
    }

    public static native int virStoragePoolListAllVolumes(Pointer pool, PointerByReference volumes, int flags);

    public static native Pointer virStorageVolGetName(Pointer volume);

    static native @Nullable public Pointer virStorageVolGetXMLDesc(Pointer volume, int flags);

    public static native int virStorageVolFree(Pointer volume);
}
