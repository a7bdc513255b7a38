package dev.paddock.host.libvirt.network;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.machine.LibvirtMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * Plugs the running guests of a network into it again, and reads back whether they are.
 *
 * <p>libvirt 9.0 connects a tap to its bridge anew when the type of its interface changes between {@code network} and
 * {@code bridge}, even if both mean the same bridge. Later ones do so only when the bridge becomes another, and say
 * nothing when they do not (qemuDomainChangeNet in libvirt's qemu/qemu_hotplug.c). So the first is tried where the taps
 * can be read, as a guest does not leave its bridge by that, and the second where it did not help.
 */
final class InterfaceReplugger {
    /** virConnectListAllDomainsFlags: VIR_CONNECT_LIST_DOMAINS_ACTIVE. */
    private static final int ACTIVE = 1;

    /** virDomainDeviceModifyFlags: VIR_DOMAIN_AFFECT_LIVE. */
    private static final int LIVE = 1;

    /** virDomainXMLFlags: VIR_DOMAIN_XML_INACTIVE. */
    private static final int INACTIVE = 2;

    private final WriteConnection connection;
    private final String network;
    private final String bridge;
    private final LibvirtMachine machine;
    private final ProgressListener progress;
    private Optional<TransientNetwork> wayside = Optional.empty();
    private boolean isTold;

    private InterfaceReplugger(
            WriteConnection connection,
            LibvirtMachine machine,
            String network,
            String bridge,
            ProgressListener progress) {
        this.connection = connection;
        this.machine = machine;
        this.network = network;
        this.bridge = bridge;
        this.progress = progress;
    }

    /**
     * Plug in all guests; trouble with one does not keep the others from it.
     *
     * @throws HostException naming each guest that libvirt refused, or that is not on the bridge after all
     */
    static void perform(WriteConnection connection, LibvirtMachine machine, String network, ProgressListener progress) {
        // A network on a bridge or device of the host's own leaves it, and what is plugged into it, as they are.
        bridge(connection, network)
                .ifPresent(bridge -> new InterfaceReplugger(connection, machine, network, bridge, progress).perform());
    }

    private static Optional<String> bridge(WriteConnection connection, String network) {
        var handle = NetworkWriter.handle(connection, network).orElseThrow(() -> NetworkWriter.missing(network));
        try {
            return GuestInterfaces.ownBridge(NetworkUpdater.document(connection, handle, 0));
        } finally {
            ReadCalls.virNetworkFree(handle);
        }
    }

    private void perform() {
        try {
            performAll();
        } finally {
            wayside.ifPresent(TransientNetwork::close);
        }
    }

    private void performAll() {
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
                                    + String.join(", ", reasons))
                    .withAdvice("Restart these VMs, or attach their interfaces by hand; then plan again.");
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
        var home = home(guest, plug);
        var other = GuestInterfaces.isBridged(home) ? onNetwork(plug) : onBridge(plug, bridge);
        var tap = GuestInterfaces.target(plug);
        if (isPlugged(tap).isPresent()) {
            update(guest, other);
            update(guest, home);
            if (isPlugged(tap).orElse(true)) {
                return;
            }
        }
        update(guest, onBridge(plug, wayside().bridge()));
        update(guest, home);
        var plugged = isPlugged(tap);
        if (plugged.isEmpty()) {
            tell();
        } else if (!plugged.get()) {
            throw new HostException(
                    Failure.REFUSED,
                    0,
                    0,
                    "libvirt says that " + tap + " is on the bridge " + bridge + ", and the kernel that it is not");
        }
    }

    /** Return the interface as it is meant to be: one that was on its way when this was broken off is not so. */
    private Element home(Domain guest, Element plug) {
        if (!GuestInterfaces.isBridged(plug)) {
            return onNetwork(plug);
        }
        var defined = GuestInterfaces.withMac(GuestInterfaces.mac(plug), document(guest, INACTIVE))
                .filter(each ->
                        !GuestInterfaces.source(each, "bridge").equals(Optional.of(TransientNetwork.bridge(network))));
        return defined.filter(GuestInterfaces::isBridged).isPresent() ? onBridge(plug, bridge) : onNetwork(plug);
    }

    /** Return whether the kernel has the tap on the bridge; absent where the host does not tell. */
    private Optional<Boolean> isPlugged(String tap) {
        return new TapDevices(connection.pointer(), machine).on(bridge).map(taps -> taps.contains(tap));
    }

    private TransientNetwork wayside() {
        var made = wayside.orElseGet(() -> TransientNetwork.of(connection, network));
        wayside = Optional.of(made);
        return made;
    }

    private void tell() {
        if (!isTold) {
            isTold = true;
            progress.told("The guests of the network \"" + network + "\" were plugged in again, but the host does not"
                    + " tell whether their taps are on the bridge " + bridge + ".");
        }
    }

    /** A floor of bandwidth is a network's to give, and comes back with it. */
    private static Element onBridge(Element plug, String name) {
        var bandwidth = plug.child("bandwidth")
                .map(each -> each.withChildren(each.children().stream()
                        .map(direction -> direction.withoutAttribute("floor"))
                        .filter(direction -> !direction.attributes().isEmpty())
                        .toList()));
        return bandwidth
                .map(plug::withChild)
                .orElse(plug)
                .withAttribute("type", "bridge")
                .withChild(Element.of("source").withAttribute("bridge", name));
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
        connection.call(() -> guest.updateDeviceFlags(XmlWriter.write(plug), LIVE));
    }

    private Element document(Domain guest, int flags) {
        return NetworkUpdater.parsed(connection.call(() -> guest.getXMLDesc(flags)));
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
