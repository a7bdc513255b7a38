package dev.paddock.host.libvirt;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * Plugs the running guests of a network into it again.
 *
 * <p>libvirt connects a tap to its bridge anew when the type of its interface changes between {@code network} and {@code
 * bridge}, even if both mean the same bridge (qemuDomainChangeNet in libvirt's qemu/qemu_hotplug.c). So each interface
 * becomes one of the network's own bridge, and then one of the network again: two live updates, with no other network in
 * between, and the right bridge after the first.
 */
final class Replugging {
    /** virConnectListAllDomainsFlags: VIR_CONNECT_LIST_DOMAINS_ACTIVE. */
    private static final int ACTIVE = 1;

    /** virDomainDeviceModifyFlags: VIR_DOMAIN_AFFECT_LIVE. */
    private static final int LIVE = 1;

    /** virDomainXMLFlags: VIR_DOMAIN_XML_INACTIVE. */
    private static final int INACTIVE = 2;

    private final WriteConnection connection;
    private final String network;
    private final String bridge;

    private Replugging(WriteConnection connection, String network, String bridge) {
        this.connection = connection;
        this.network = network;
        this.bridge = bridge;
    }

    /**
     * Plug in all guests; trouble with one does not keep the others from it.
     *
     * @throws HostException naming each guest that libvirt refused
     */
    static void perform(WriteConnection connection, String network) {
        // A network on a bridge or device of the host's own leaves it, and what is plugged into it, as they are.
        bridge(connection, network).ifPresent(bridge -> new Replugging(connection, network, bridge).perform());
    }

    private static Optional<String> bridge(WriteConnection connection, String network) {
        var handle = NetworkWriting.handle(connection, network).orElseThrow(() -> NetworkWriting.missing(network));
        try {
            return GuestInterfaces.ownBridge(NetworkUpdating.document(connection, handle, 0));
        } finally {
            ReadCalls.virNetworkFree(handle);
        }
    }

    private void perform() {
        List<HostException> failures = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (var guest : connection.call(() -> connection.listAllDomains(ACTIVE))) {
            try {
                perform(guest);
            } catch (HostException failure) {
                if (failure.failure() == Failure.LOST) {
                    throw failure;
                }
                failures.add(failure);
                reasons.add("\"" + name(guest) + "\" (" + failure.reason() + ")");
            } finally {
                free(guest);
            }
        }
        if (!failures.isEmpty()) {
            var first = failures.getFirst();
            throw new HostException(
                    first.failure(),
                    first.code(),
                    first.domain(),
                    "Not all guests could be plugged into the network \"" + network + "\" again: "
                            + String.join(", ", reasons));
        }
    }

    private void perform(Domain guest) {
        try {
            for (var plug : GuestInterfaces.on(network, Optional.of(bridge), document(guest, 0))) {
                perform(guest, plug);
            }
        } catch (HostException failure) {
            // A guest that ended meanwhile needs no network.
            if (failure.failure() == Failure.LOST || isRunning(guest)) {
                throw failure;
            }
        }
    }

    private void perform(Domain guest, Element plug) {
        if (!GuestInterfaces.isBridged(plug)) {
            update(guest, onBridge(plug));
            update(guest, onNetwork(plug));
            return;
        }
        update(guest, onNetwork(plug));
        // One that was on its way when this was broken off is home now; one that is meant to be so goes back.
        var defined = GuestInterfaces.withMac(GuestInterfaces.mac(plug), document(guest, INACTIVE));
        if (defined.isEmpty() || GuestInterfaces.isBridged(defined.get())) {
            update(guest, onBridge(plug));
        }
    }

    private Element onBridge(Element plug) {
        return plug.withAttribute("type", "bridge")
                .withChild(Element.of("source").withAttribute("bridge", bridge));
    }

    /** The port and the bridge are libvirt's to fill in anew. */
    private Element onNetwork(Element plug) {
        var source = plug.child("source")
                .orElse(Element.of("source"))
                .withoutAttribute("portid")
                .withoutAttribute("bridge")
                .withAttribute("network", network);
        return plug.withAttribute("type", "network").withChild(source);
    }

    private void update(Domain guest, Element plug) {
        connection.call(() -> guest.updateDeviceFlags(XmlWriting.write(plug), LIVE));
    }

    private Element document(Domain guest, int flags) {
        return NetworkUpdating.parsed(connection.call(() -> guest.getXMLDesc(flags)));
    }

    private boolean isRunning(Domain guest) {
        return connection.call(guest::isActive) == 1;
    }

    private String name(Domain guest) {
        return connection.call(guest::getName);
    }

    private static void free(Domain guest) {
        try {
            guest.free();
        } catch (LibvirtException leaked) {
            LibvirtError.take();
        }
    }
}
