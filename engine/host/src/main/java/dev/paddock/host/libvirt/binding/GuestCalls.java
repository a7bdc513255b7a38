package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls that look at a single VM and talk to it; bound on first use. */
public final class GuestCalls {
    private GuestCalls() {}

    static {
        ClientLibrary.bind(GuestCalls.class);
    }

    public static native int virDomainGetInfo(Pointer domain, Pointer info);

    public static native int virDomainGetAutostart(Pointer domain, IntByReference autostart);

    static native @Nullable public Pointer virDomainGetMetadata(Pointer domain, int type, String space, int flags);

    public static native int virDomainInterfaceAddresses(
            Pointer domain, PointerByReference interfaces, int source, int flags);

    public static native void virDomainInterfaceFree(Pointer guestInterface);

    public static native int virDomainOpenConsole(Pointer domain, @Nullable String device, Pointer stream, int flags);

    static native @Nullable public Pointer virStreamNew(Pointer connection, int flags);

    public static native int virStreamRecv(Pointer stream, byte[] data, long length);

    public static native int virStreamSend(Pointer stream, byte[] data, long length);

    public static native int virStreamAbort(Pointer stream);

    public static native int virStreamFree(Pointer stream);
}
