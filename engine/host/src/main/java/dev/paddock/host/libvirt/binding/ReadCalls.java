package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The calls for reading, bound directly: that starts faster than a JNA interface, and reads 1,000 objects with less
 * garbage. libvirt-java lacks most of them: every ListAll except that of domains, and the raw error codes.
 */
public final class ReadCalls {
    private ReadCalls() {}

    static {
        ClientLibrary.bind(ReadCalls.class);
        // Before initialization, libvirt takes another library's thread-local for its last error, and frees it.
        virInitialize();
        // libvirt prints errors on stderr until it has a handler. Any function of two pointers without effect will do:
        // virResetError does nothing with the null that it gets here as its first argument. A Java callback would cost
        // start-up time, and would have to outlive all of libvirt's threads.
        virSetErrorFunc(null, ClientLibrary.function("virResetError"));
    }

    static native int virInitialize();

    static native void virSetErrorFunc(@Nullable Pointer data, Pointer handler);

    static native @Nullable Pointer virGetLastError();

    public static native void virResetLastError();

    static native @Nullable public Pointer virConnectOpenReadOnly(String uri);

    public static native int virConnectClose(Pointer connection);

    public static native int virConnectIsAlive(Pointer connection);

    public static native int virConnectGetLibVersion(Pointer connection, LongByReference version);

    static native @Nullable public Pointer virConnectGetType(Pointer connection);

    static native @Nullable public Pointer virConnectGetCapabilities(Pointer connection);

    static native @Nullable public Pointer virConnectGetDomainCapabilities(
            Pointer connection, @Nullable String emulator, String architecture, String machine, String type, int flags);

    public static native int virConnectNumOfDomains(Pointer connection);

    public static native int virConnectListAllNetworks(Pointer connection, PointerByReference networks, int flags);

    static native @Nullable public Pointer virNetworkLookupByName(Pointer connection, String name);

    public static native Pointer virNetworkGetName(Pointer network);

    public static native int virNetworkGetUUIDString(Pointer network, byte[] uuid);

    static native @Nullable public Pointer virNetworkGetXMLDesc(Pointer network, int flags);

    static native @Nullable public Pointer virNetworkGetBridgeName(Pointer network);

    public static native int virNetworkFree(Pointer network);

    static native @Nullable public Pointer virInterfaceLookupByName(Pointer connection, String name);

    static native @Nullable public Pointer virInterfaceGetXMLDesc(Pointer link, int flags);

    public static native int virInterfaceFree(Pointer link);

    public static native int virConnectListAllNWFilters(Pointer connection, PointerByReference filters, int flags);

    public static native Pointer virNWFilterGetName(Pointer filter);

    public static native int virNWFilterGetUUIDString(Pointer filter, byte[] uuid);

    static native @Nullable public Pointer virNWFilterGetXMLDesc(Pointer filter, int flags);

    public static native int virNWFilterFree(Pointer filter);

    public static native int virConnectListAllStoragePools(Pointer connection, PointerByReference pools, int flags);

    static native @Nullable public Pointer virStoragePoolLookupByName(Pointer connection, String name);

    public static native Pointer virStoragePoolGetName(Pointer pool);

    public static native int virStoragePoolGetUUIDString(Pointer pool, byte[] uuid);

    static native @Nullable public Pointer virStoragePoolGetXMLDesc(Pointer pool, int flags);

    public static native int virStoragePoolFree(Pointer pool);
}
