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
 * Reconnects the running VMs of a network, and checks the result.
 *
 * <p>libvirt 9.0 reconnects a tap to its bridge when the type of its interface changes between {@code network} and
 * {@code bridge}, even if both mean the same bridge. Later versions do so only when the bridge changes, and otherwise
 * succeed without effect (qemuDomainChangeNet in libvirt's qemu/qemu_hotplug.c). So where the taps can be read, the
 * type is changed first, because the VM then stays on its bridge, and the bridge only if that did not help.
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
     * Reconnect all VMs; a failure with one does not affect the others.
     *
     * @throws HostException naming each VM that libvirt refused, or that is not on the bridge afterwards
     */
    static void perform(WriteConnection connection, LibvirtMachine machine, String network, ProgressListener progress) {
        // A network on an existing bridge or device of the host leaves it and its ports as they are.
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
            // A VM that ended meanwhile needs no network.
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

    /** Return the interface as it should be, even if an earlier run was interrupted halfway. */
    private Element home(Domain guest, Element plug) {
        if (!GuestInterfaces.isBridged(plug)) {
            return onNetwork(plug);
        }
        var defined = GuestInterfaces.withMac(GuestInterfaces.mac(plug), document(guest, INACTIVE))
                .filter(each ->
                        !GuestInterfaces.source(each, "bridge").equals(Optional.of(TransientNetwork.bridge(network))));
        return defined.filter(GuestInterfaces::isBridged).isPresent() ? onBridge(plug, bridge) : onNetwork(plug);
    }

    /** Return whether the kernel has the tap on the bridge; absent if the host does not report it. */
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

    /** Minimum bandwidth only works on a network, and is restored with it. */
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

    /** libvirt fills in port and bridge again. */
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
