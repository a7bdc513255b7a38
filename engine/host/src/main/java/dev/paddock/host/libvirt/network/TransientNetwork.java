package dev.paddock.host.libvirt.network;

import dev.paddock.api.host.HostException;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.libvirt.Network;

/**
 * A bridge with nothing else on it, to which the VMs of a network are moved for a moment, because libvirt only
 * reconnects an interface when its bridge changes. It belongs to a transient network without addresses, which is
 * deleted afterwards.
 *
 * <p>Its name is derived from the network's, so that a VM that was left on it can be recognized.
 */
final class TransientNetwork implements AutoCloseable {
    private final WriteConnection connection;
    private final Network network;
    private final String bridge;

    private TransientNetwork(WriteConnection connection, Network network, String bridge) {
        this.connection = connection;
        this.network = network;
        this.bridge = bridge;
    }

    /** Return the name of the bridge, within the length limit of interface names. */
    static String bridge(String network) {
        var sum = new CRC32();
        sum.update(network.getBytes(StandardCharsets.UTF_8));
        return "pdkplug%08x".formatted(sum.getValue());
    }

    static TransientNetwork of(WriteConnection connection, String network) {
        var bridge = bridge(network);
        var xml = "<network><name>%1$s</name><bridge name='%1$s' stp='off'/></network>".formatted(bridge);
        var left = connection.find(() -> connection.networkLookupByName(bridge));
        return new TransientNetwork(
                connection, left.orElseGet(() -> connection.call(() -> connection.networkCreateXML(xml))), bridge);
    }

    String bridge() {
        return bridge;
    }

    @Override
    public void close() {
        try {
            connection.call(() -> {
                network.destroy();
                network.free();
                return true;
            });
        } catch (HostException gone) {
            // Another program stopped it first.
        }
    }
}
