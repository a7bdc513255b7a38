package dev.paddock.host.libvirt;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls of writing that libvirt-java lacks, and lookups for them, as its handles are its own. */
final class WriteCalls {
    private WriteCalls() {}

    static {
        ClientLibrary.bind(WriteCalls.class);
    }

    static native @Nullable Pointer virNetworkDefineXMLFlags(Pointer connection, String xml, int flags);

    static native @Nullable Pointer virNetworkDefineXML(Pointer connection, String xml);

    static native int virNetworkUpdate(
            Pointer network, int command, int section, int parentIndex, String xml, int flags);

    static native @Nullable Pointer virNWFilterDefineXMLFlags(Pointer connection, String xml, int flags);

    static native @Nullable Pointer virNWFilterLookupByName(Pointer connection, String name);

    static native int virNWFilterUndefine(Pointer filter);
}
