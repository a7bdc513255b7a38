package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls that read domains; bound on first use. */
public final class DomainCalls {
    private DomainCalls() {}

    static {
        ClientLibrary.bind(DomainCalls.class);
    }

    public static native int virConnectListAllDomains(Pointer connection, PointerByReference domains, int flags);

    public static native Pointer virDomainGetName(Pointer domain);

    static native @Nullable public Pointer virDomainGetXMLDesc(Pointer domain, int flags);

    public static native int virDomainFree(Pointer domain);

    public static native int virDomainGetUUIDString(Pointer domain, byte[] uuid);

    static native @Nullable public Pointer virDomainLookupByUUIDString(Pointer connection, String uuid);

    static native @Nullable public Pointer virDomainLookupByName(Pointer connection, String name);

    public static native int virDomainGetState(Pointer domain, IntByReference state, IntByReference reason, int flags);

    public static native int virDomainIsPersistent(Pointer domain);

    static native @Nullable public Pointer virConnectOpen(String uri);

    public static native int virNetworkListAllPorts(Pointer network, PointerByReference ports, int flags);

    public static native int virNetworkPortGetUUIDString(Pointer port, byte[] uuid);

    public static native int virNetworkPortFree(Pointer port);
}
