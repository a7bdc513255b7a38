package dev.paddock.host.libvirt.network;

import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the interfaces of a VM on a network, in the VM's live document. */
final class GuestInterfaces {
    /** The forward modes with a bridge that libvirt creates when the network starts, and deletes when it stops. */
    private static final Set<String> OWN_BRIDGE = Set.of("nat", "route", "open");

    private GuestInterfaces() {}

    /**
     * Return the interfaces that name the network, or that are on its bridge without naming it.
     *
     * @param bridge the network's bridge, if libvirt creates and deletes it
     */
    static List<Element> on(String network, Optional<String> bridge, Element guest) {
        return of(guest)
                .filter(each -> isBridged(each)
                        ? bridge.isPresent() && isOn(each, bridge.get(), TransientNetwork.bridge(network))
                        : source(each, "network").equals(Optional.of(network)))
                .toList();
    }

    private static boolean isOn(Element plug, String bridge, String wayside) {
        return source(plug, "bridge")
                .filter(name -> name.equals(bridge) || name.equals(wayside))
                .isPresent();
    }

    /** Return the interface with that address. */
    static Optional<Element> withMac(String mac, Element guest) {
        return of(guest).filter(each -> mac(each).equalsIgnoreCase(mac)).findFirst();
    }

    private static java.util.stream.Stream<Element> of(Element guest) {
        return guest.children("devices").stream().flatMap(devices -> devices.children("interface").stream());
    }

    /** Return whether the interface names a bridge and no network. */
    static boolean isBridged(Element guestInterface) {
        return source(guestInterface, "network").isEmpty()
                && guestInterface.attribute("type").equals(Optional.of("bridge"));
    }

    static Optional<String> source(Element guestInterface, String attribute) {
        return guestInterface.child("source").flatMap(source -> source.attribute(attribute));
    }

    static String mac(Element guestInterface) {
        return guestInterface
                .child("mac")
                .flatMap(mac -> mac.attribute("address"))
                .orElse("");
    }

    static String target(Element guestInterface) {
        return guestInterface
                .child("target")
                .flatMap(target -> target.attribute("dev"))
                .orElse("");
    }

    /** Return the bridge that is created and deleted with the network; absent if the network uses an existing one. */
    static Optional<String> ownBridge(Element network) {
        return makesBridge(network)
                ? network.child("bridge").flatMap(bridge -> bridge.attribute("name"))
                : Optional.empty();
    }

    /** Return whether libvirt creates a bridge for the network. */
    static boolean makesBridge(Element network) {
        var forward = network.child("forward");
        return forward.isEmpty()
                || OWN_BRIDGE.contains(forward.get().attribute("mode").orElse("nat"));
    }
}
