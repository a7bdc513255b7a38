package dev.paddock.network;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/** A network's document as libvirt is given it. */
final class Definition {
    private Definition() {}

    /**
     * Return the document without what libvirt's schema refuses though it says nothing: the mode {@code none}, and
     * elements that hold nothing any more.
     */
    static Element of(Element network) {
        var isIsolated = ForwardMode.of(network).name().equals("none");
        return network.withChildren(network.children().stream()
                .filter(child -> !(isIsolated && child.is("forward")))
                .filter(child -> !isHollow(child))
                .map(child -> child.is("portgroup") ? withoutHollows(child) : child)
                .toList());
    }

    /**
     * Return the document without what was chosen for the network when it had a bridge of another kind: a network that
     * no longer has a bridge of its own takes no settings of one, and one that gets its own does not get the host's.
     *
     * @param merged what is declared, with what libvirt had chosen for the observed
     */
    static Element fitting(Element merged, Element observed, boolean losesBridge) {
        var changesBridge = ForwardMode.of(observed).hasOwnBridge()
                != ForwardMode.of(merged).hasOwnBridge();
        if (!changesBridge && !losesBridge) {
            return of(merged);
        }
        return of(merged.withChildren(merged.children().stream()
                .filter(child -> !(changesBridge && child.is("mac") && isAs(observed, child, "address")))
                .map(child ->
                        child.is("bridge") && isAs(observed, child, "name") ? child.withoutAttribute("name") : child)
                .toList()));
    }

    private static boolean isAs(Element observed, Element child, String attribute) {
        Optional<String> before = observed.child(child.name().local()).flatMap(other -> other.attribute(attribute));
        return before.equals(child.attribute(attribute));
    }

    private static Element withoutHollows(Element parent) {
        return parent.withChildren(
                parent.children().stream().filter(child -> !isHollow(child)).toList());
    }

    private static boolean isHollow(Element element) {
        return switch (element.name().local()) {
            case "bridge", "vlan", "domain", "mac", "mtu" ->
                element.attributes().isEmpty() && element.children().isEmpty();
            default -> false;
        };
    }
}
