package dev.paddock.host.libvirt.network;

import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.step.Action;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.MetadataPrefix;
import dev.paddock.host.libvirt.connection.ReadConnection;
import dev.paddock.host.libvirt.connection.WriteConnection;

/**
 * The calls for title, description and metadata of networks, which both client and daemon support since libvirt 9.7.
 */
public final class NetworkMetadata {
    private static final String GET = "virNetworkGetMetadata";
    private static final String SET = "virNetworkSetMetadata";

    /** virNetworkUpdateFlags. */
    private static final int LIVE = 1;

    private NetworkMetadata() {}

    /** Return whether the host supports the calls, tried on any network. */
    public static boolean isKnown(ReadConnection connection, Pointer network) {
        return connection.remembered(GET, () -> isAnswered(network));
    }

    private static boolean isAnswered(Pointer network) {
        var get = ClientLibrary.find(GET);
        if (get.isEmpty()) {
            return false;
        }
        var title = get.get().invokePointer(new Object[] {network, Action.Metadata.TITLE.number(), null, 0});
        if (title == null) {
            return LibvirtError.take().code() == LibvirtError.NO_NETWORK_METADATA;
        }
        ClientLibrary.free(title);
        return true;
    }

    /** Set a property of a running network; its definition stays as it is. */
    public static void set(WriteConnection connection, Pointer network, Action.SetMetadata metadata) {
        var set = ClientLibrary.find(SET)
                .orElseThrow(() -> new HostException(
                        Failure.UNSUPPORTED,
                        LibvirtError.NO_SUPPORT,
                        0,
                        "libvirt's client library of this machine has no " + SET + "."));
        var result = set.invokeInt(new Object[] {
            network,
            metadata.what().number(),
            metadata.text().orElse(null),
            metadata.space().map(space -> MetadataPrefix.of(metadata)).orElse(null),
            metadata.space().orElse(null),
            LIVE
        });
        if (result < 0) {
            throw connection.failure();
        }
    }
}
