package dev.paddock.network.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.network.schema.ForwardMode;
import java.util.Optional;

/** A network's document in the form that libvirt accepts. */
public final class NetworkDefinition {
    private NetworkDefinition() {}

    /**
     * Return the document without meaningless parts that libvirt's schema rejects: the mode {@code none}, and elements
     * that have become empty.
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
     * Return the document without values that were chosen for a bridge of another kind: a network without a bridge of
     * its own has no bridge settings, and a network with its own bridge does not use the host's.
     *
     * @param merged the declaration, completed with libvirt's choices for the observed document
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
