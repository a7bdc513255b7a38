package dev.paddock.network.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.network.schema.ForwardMode;
import java.util.Optional;

/** A network's document as libvirt is given it. */
public final class NetworkDefinition {
    private NetworkDefinition() {}

    /**
     * Return the document without what libvirt's schema refuses though it says nothing: the mode {@code none}, and
     * elements that hold nothing any more.
     */
    public static Element of(Element network) {
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
    public static Element fitting(Element merged, Element declared, Element observed) {
        var mode = ForwardMode.of(declared);
        var changesBridge = ForwardMode.of(observed).hasOwnBridge() != mode.hasOwnBridge();
        var takesNoBridge =
                !mode.hasOwnBridge() && attribute(declared, "bridge", "name").isEmpty();
        return of(merged.withChildren(merged.children().stream()
                .filter(child -> !(changesBridge && child.is("mac") && isChosen(child, "address", declared)))
                .map(child ->
                        (changesBridge || takesNoBridge) && child.is("bridge") && isChosen(child, "name", declared)
                                ? child.withoutAttribute("name")
                                : child)
                .toList()));
    }

    private static boolean isChosen(Element child, String attribute, Element declared) {
        return attribute(declared, child.name().local(), attribute).isEmpty();
    }

    private static Optional<String> attribute(Element network, String child, String attribute) {
        return network.child(child).flatMap(found -> found.attribute(attribute));
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
