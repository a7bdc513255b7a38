package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that bind filters to ports that no guest has. */
final class BindingCalls {
    private BindingCalls() {}

    static {
        ClientLibrary.bind(BindingCalls.class);
    }

    static native @Nullable Pointer virNWFilterBindingCreateXML(Pointer connection, String xml, int flags);

    static native @Nullable Pointer virNWFilterBindingLookupByPortDev(Pointer connection, String port);

    static native int virNWFilterBindingDelete(Pointer binding);

    static native int virNWFilterBindingFree(Pointer binding);
}
