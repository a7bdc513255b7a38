package dev.paddock.host.libvirt.network;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ReadConnection;
import dev.paddock.host.libvirt.connection.ReadableKind;
import org.jspecify.annotations.Nullable;

/** Reads virtual networks. */
public final class NetworkReader implements ReadableKind {
    /** virNetworkXMLFlags: VIR_NETWORK_XML_INACTIVE. */
    static final int INACTIVE = 1;

    /** virConnectListAllNetworksFlags: ACTIVE, PERSISTENT, AUTOSTART. */
    private static final States STATES = new States.Flags(1 << 1, 1 << 2, 1 << 4, 0);

    @Override
    public String noun() {
        return "network";
    }

    @Override
    public States states() {
        return STATES;
    }

    @Override
    public int list(Pointer connection, PointerByReference handles, int flags) {
        return ReadCalls.virConnectListAllNetworks(connection, handles, flags);
    }

    @Override
    public Pointer name(Pointer handle) {
        return ReadCalls.virNetworkGetName(handle);
    }

    @Override
    public int uuid(Pointer handle, byte[] uuid) {
        return ReadCalls.virNetworkGetUUIDString(handle, uuid);
    }

    @Override
    public @Nullable Pointer definition(Pointer handle) {
        return document(handle, INACTIVE);
    }

    @Override
    public @Nullable Pointer live(Pointer handle) {
        return document(handle, 0);
    }

    @Override
    public boolean isDescribable(ReadConnection connection, Pointer handle) {
        return NetworkMetadata.isKnown(connection, handle);
    }

    /**
     * Return a document, or null on failure; the caller frees it. libvirt's test driver has only one document, and
     * accepts no flags.
     */
    static @Nullable Pointer document(Pointer handle, int flags) {
        var text = ReadCalls.virNetworkGetXMLDesc(handle, flags);
        return text == null && flags != 0 && LibvirtError.lastCode() == LibvirtError.INVALID_ARGUMENT
                ? ReadCalls.virNetworkGetXMLDesc(handle, 0)
                : text;
    }

    @Override
    public void free(Pointer handle) {
        ReadCalls.virNetworkFree(handle);
    }
}
