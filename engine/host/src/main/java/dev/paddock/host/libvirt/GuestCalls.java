package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls that look at guests one at a time, and talk to them; bound when one is first talked to. */
final class GuestCalls {
    private GuestCalls() {}

    static {
        ClientLibrary.bind(GuestCalls.class);
    }

    static native int virDomainGetInfo(Pointer domain, Pointer info);

    static native int virDomainGetAutostart(Pointer domain, IntByReference autostart);

    static native @Nullable Pointer virDomainGetMetadata(Pointer domain, int type, String space, int flags);

    static native int virDomainInterfaceAddresses(Pointer domain, PointerByReference interfaces, int source, int flags);

    static native void virDomainInterfaceFree(Pointer guestInterface);

    static native int virDomainOpenConsole(Pointer domain, @Nullable String device, Pointer stream, int flags);

    static native @Nullable Pointer virStreamNew(Pointer connection, int flags);

    static native int virStreamRecv(Pointer stream, byte[] data, long length);

    static native int virStreamSend(Pointer stream, byte[] data, long length);

    static native int virStreamAbort(Pointer stream);

    static native int virStreamFree(Pointer stream);
}
