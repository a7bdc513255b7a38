package dev.paddock.host.libvirt.binding;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The calls for writing that libvirt-java lacks, with lookups for them, because libvirt-java does not share its
 * handles.
 */
public final class WriteCalls {
    private WriteCalls() {}

    static {
        ClientLibrary.bind(WriteCalls.class);
    }

    static native @Nullable public Pointer virNetworkDefineXMLFlags(Pointer connection, String xml, int flags);

    static native @Nullable public Pointer virNetworkDefineXML(Pointer connection, String xml);

    public static native int virNetworkUpdate(
            Pointer network, int command, int section, int parentIndex, String xml, int flags);

    static native @Nullable public Pointer virNWFilterDefineXMLFlags(Pointer connection, String xml, int flags);

    static native @Nullable public Pointer virNWFilterLookupByName(Pointer connection, String name);

    public static native int virNWFilterUndefine(Pointer filter);
}
