package dev.paddock.host.libvirt.network;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.connection.ReadConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the running VMs on a network. */
public final class Attachments {
    /** virConnectListAllDomainsFlags: VIR_CONNECT_LIST_DOMAINS_ACTIVE. */
    private static final int ACTIVE = 1;

    private static final int UUID_LENGTH = 36;

    private Attachments() {}

    /** Return the interfaces on a network, by VM and address; empty if there is no such network. */
    public static List<NetworkAttachment> of(ReadConnection connection, TapDevices taps, String network) {
        var handle = ReadCalls.virNetworkLookupByName(connection.pointer(), network);
        if (handle == null) {
            var error = LibvirtError.take();
            if (error.isAbsence()) {
                return List.of();
            }
            throw connection.failure(error);
        }
        try {
            var text = ReadCalls.virNetworkGetXMLDesc(handle, 0);
            if (text == null) {
                var error = LibvirtError.take();
                if (error.isAbsence()) {
                    return List.of();
                }
                throw connection.failure(error);
            }
            var bridge = GuestInterfaces.ownBridge(parsed(ClientLibrary.take(text)));
            return of(connection, taps, network, bridge, ports(connection, handle));
        } finally {
            ReadCalls.virNetworkFree(handle);
        }
    }

    /** Return the interfaces that a restart of their network left disconnected, by network. */
    public static Map<String, List<NetworkAttachment>> unplugged(
            ReadConnection connection, TapDevices taps, Set<String> networks) {
        if (ReadCalls.virConnectNumOfDomains(connection.pointer()) == 0) {
            return Map.of();
        }
        Map<String, List<NetworkAttachment>> found = new HashMap<>();
        for (var network : networks) {
            var loose = of(connection, taps, network).stream()
                    .filter(attachment -> !attachment.plugged())
                    .toList();
            if (!loose.isEmpty()) {
                found.put(network, loose);
            }
        }
        return found;
    }

    private static List<NetworkAttachment> of(
            ReadConnection connection,
            TapDevices taps,
            String network,
            Optional<String> bridge,
            Optional<Set<String>> ports) {
        var array = new PointerByReference();
        var count = DomainCalls.virConnectListAllDomains(connection.pointer(), array, ACTIVE);
        if (count < 0) {
            throw connection.failure();
        }
        var guests = array.getValue().getPointerArray(0, count);
        ClientLibrary.free(array.getValue());
        List<NetworkAttachment> attachments = new ArrayList<>();
        try {
            for (var guest : guests) {
                var document = live(connection, guest);
                if (document != null) {
                    var name = DomainCalls.virDomainGetName(guest).getString(0, "UTF-8");
                    for (var plug : GuestInterfaces.on(network, bridge, document)) {
                        attachments.add(new NetworkAttachment(
                                name,
                                GuestInterfaces.mac(plug),
                                GuestInterfaces.target(plug),
                                isPlugged(plug, bridge, ports) && isOn(plug, bridge, taps)));
                    }
                }
            }
        } finally {
            for (var guest : guests) {
                DomainCalls.virDomainFree(guest);
            }
        }
        attachments.sort(Comparator.comparing(NetworkAttachment::domain).thenComparing(NetworkAttachment::mac));
        return attachments;
    }

    /**
     * A network forgets its ports when it stops, while the VM's document keeps the ID of its former port. An interface
     * on the bridge that does not name the network has no port to check. See networkDestroy in libvirt's
     * network/bridge_driver.c.
     */
    private static boolean isPlugged(Element plug, Optional<String> bridge, Optional<Set<String>> ports) {
        var port = GuestInterfaces.source(plug, "portid");
        return bridge.isEmpty()
                || ports.isEmpty()
                || port.isEmpty()
                || ports.get().contains(port.get());
    }

    /** Only the kernel knows about a tap that lost its bridge while libvirt's documents did not change. */
    private static boolean isOn(Element plug, Optional<String> bridge, TapDevices taps) {
        return bridge.flatMap(taps::on)
                .map(plugged -> plugged.contains(GuestInterfaces.target(plug)))
                .orElse(true);
    }

    /** Return the live document, or null if the VM has ended meanwhile. */
    private static @Nullable Element live(ReadConnection connection, Pointer guest) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, 0);
        if (text != null) {
            return parsed(ClientLibrary.take(text));
        }
        var error = LibvirtError.take();
        if (error.code() == LibvirtError.NO_DOMAIN) {
            return null;
        }
        throw connection.failure(error);
    }

    /** Return the network's ports; absent if the host's driver has no ports. */
    private static Optional<Set<String>> ports(ReadConnection connection, Pointer network) {
        var array = new PointerByReference();
        var count = DomainCalls.virNetworkListAllPorts(network, array, 0);
        if (count < 0) {
            var error = LibvirtError.take();
            return switch (error.code()) {
                case LibvirtError.NO_SUPPORT -> Optional.empty();
                // An inactive network has no ports, and libvirt reports the question as an error.
                case LibvirtError.OPERATION_INVALID -> Optional.of(Set.of());
                default -> throw connection.failure(error);
            };
        }
        Set<String> uuids = new HashSet<>();
        for (var port : array.getValue().getPointerArray(0, count)) {
            var uuid = new byte[UUID_LENGTH + 1];
            DomainCalls.virNetworkPortGetUUIDString(port, uuid);
            uuids.add(new String(uuid, 0, UUID_LENGTH, StandardCharsets.US_ASCII));
            DomainCalls.virNetworkPortFree(port);
        }
        ClientLibrary.free(array.getValue());
        return Optional.of(uuids);
    }

    private static Element parsed(String document) {
        try {
            return XmlReader.read(document);
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
        }
    }
}
