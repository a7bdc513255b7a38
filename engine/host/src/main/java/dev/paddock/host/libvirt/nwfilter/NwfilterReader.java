package dev.paddock.host.libvirt.nwfilter;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ReadableKind;
import org.jspecify.annotations.Nullable;

/** Reads network filters, which have a single document, in force as soon as it is defined. */
public final class NwfilterReader implements ReadableKind {
    @Override
    public String noun() {
        return "filter";
    }

    @Override
    public States states() {
        return new States.None();
    }

    @Override
    public int list(Pointer connection, PointerByReference handles, int flags) {
        return ReadCalls.virConnectListAllNWFilters(connection, handles, flags);
    }

    @Override
    public Pointer name(Pointer handle) {
        return ReadCalls.virNWFilterGetName(handle);
    }

    @Override
    public int uuid(Pointer handle, byte[] uuid) {
        return ReadCalls.virNWFilterGetUUIDString(handle, uuid);
    }

    @Override
    public @Nullable Pointer definition(Pointer handle) {
        return ReadCalls.virNWFilterGetXMLDesc(handle, 0);
    }

    @Override
    public @Nullable Pointer live(Pointer handle) {
        return definition(handle);
    }

    @Override
    public void free(Pointer handle) {
        ReadCalls.virNWFilterFree(handle);
    }
}
