package dev.paddock.host.libvirt.storage;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ReadableKind;
import org.jspecify.annotations.Nullable;

/** Reads storage pools. */
public final class StoragePoolReader implements ReadableKind {
    /** virStorageXMLFlags: VIR_STORAGE_XML_INACTIVE. */
    private static final int INACTIVE = 1;

    /** virConnectListAllStoragePoolsFlags: ACTIVE, PERSISTENT, AUTOSTART. */
    private static final States STATES = new States.Flags(1 << 1, 1 << 2, 1 << 4, 0);

    @Override
    public String noun() {
        return "storage pool";
    }

    @Override
    public States states() {
        return STATES;
    }

    @Override
    public int list(Pointer connection, PointerByReference handles, int flags) {
        return ReadCalls.virConnectListAllStoragePools(connection, handles, flags);
    }

    @Override
    public Pointer name(Pointer handle) {
        return ReadCalls.virStoragePoolGetName(handle);
    }

    @Override
    public int uuid(Pointer handle, byte[] uuid) {
        return ReadCalls.virStoragePoolGetUUIDString(handle, uuid);
    }

    @Override
    public @Nullable Pointer definition(Pointer handle) {
        var text = ReadCalls.virStoragePoolGetXMLDesc(handle, INACTIVE);
        return text == null && LibvirtError.lastCode() == LibvirtError.INVALID_ARGUMENT
                ? ReadCalls.virStoragePoolGetXMLDesc(handle, 0)
                : text;
    }

    @Override
    public @Nullable Pointer live(Pointer handle) {
        return ReadCalls.virStoragePoolGetXMLDesc(handle, 0);
    }

    @Override
    public void free(Pointer handle) {
        ReadCalls.virStoragePoolFree(handle);
    }
}
