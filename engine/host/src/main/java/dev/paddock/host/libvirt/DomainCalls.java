package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls that read guests; bound when one is first asked about. */
final class DomainCalls {
    private DomainCalls() {}

    static {
        ClientLibrary.bind(DomainCalls.class);
    }

    static native int virConnectListAllDomains(Pointer connection, PointerByReference domains, int flags);

    static native Pointer virDomainGetName(Pointer domain);

    static native @Nullable Pointer virDomainGetXMLDesc(Pointer domain, int flags);

    static native int virDomainFree(Pointer domain);

    static native int virDomainGetUUIDString(Pointer domain, byte[] uuid);

    static native @Nullable Pointer virDomainLookupByUUIDString(Pointer connection, String uuid);

    static native @Nullable Pointer virDomainLookupByName(Pointer connection, String name);

    static native int virDomainGetState(Pointer domain, IntByReference state, IntByReference reason, int flags);

    static native int virDomainIsPersistent(Pointer domain);

    static native @Nullable Pointer virConnectOpen(String uri);

    static native int virNetworkListAllPorts(Pointer network, PointerByReference ports, int flags);

    static native int virNetworkPortGetUUIDString(Pointer port, byte[] uuid);

    static native int virNetworkPortFree(Pointer port);
}
