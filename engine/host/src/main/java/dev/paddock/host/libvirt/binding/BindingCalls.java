package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls that bind filters to ports without a VM. */
public final class BindingCalls {
    private BindingCalls() {}

    static {
        ClientLibrary.bind(BindingCalls.class);
    }

    static native @Nullable public Pointer virNWFilterBindingCreateXML(Pointer connection, String xml, int flags);

    static native @Nullable public Pointer virNWFilterBindingLookupByPortDev(Pointer connection, String port);

    public static native int virNWFilterBindingDelete(Pointer binding);

    public static native int virNWFilterBindingFree(Pointer binding);
}
