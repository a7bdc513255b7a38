package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The calls that tell which guests are on a network; bound when that is first asked. */
final class DomainCalls {
    private DomainCalls() {}

    static {
        ClientLibrary.bind(DomainCalls.class);
    }

    static native int virConnectListAllDomains(Pointer connection, PointerByReference domains, int flags);

    static native Pointer virDomainGetName(Pointer domain);

    static native @Nullable Pointer virDomainGetXMLDesc(Pointer domain, int flags);

    static native int virDomainFree(Pointer domain);

    static native int virNetworkListAllPorts(Pointer network, PointerByReference ports, int flags);

    static native int virNetworkPortGetUUIDString(Pointer port, byte[] uuid);

    static native int virNetworkPortFree(Pointer port);
}
