package dev.paddock.network;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
                .map(child -> child.is("portgroup")
                        ? child.withChildren(child.children().stream()
                                .filter(part -> !isHollow(part))
                                .toList())
                        : child)
                .toList());
    }

    /**
     * Return the document without what libvirt had chosen for another forward mode, and refuses or misuses in this one:
     * a network without a bridge of its own takes no settings of a bridge, and one that gets a bridge of its own does
     * not get the host's.
     *
     * @param declared what the user asks for, which is kept
     */
    static Element fitting(Element merged, Element observed, Element declared) {
        var had = ForwardMode.of(observed).hasOwnBridge();
        var has = ForwardMode.of(merged).hasOwnBridge();
        if (had == has) {
            return of(merged);
        }
        Set<Name> said = new HashSet<>();
        declared.child("bridge")
                .ifPresent(bridge -> said.addAll(bridge.attributes().keySet()));
        var keepsMac = has || declared.child("mac").isPresent();
        List<Element> children = new ArrayList<>();
        for (var child : merged.children()) {
            if (child.is("bridge")) {
                var attributes = new java.util.LinkedHashMap<>(child.attributes());
                attributes.keySet().retainAll(said);
                if (!attributes.isEmpty()) {
                    children.add(child.withAttributes(attributes));
                }
            } else if (!child.is("mac") || keepsMac) {
                children.add(child);
            }
        }
        return of(merged.withChildren(children));
    }

    private static boolean isHollow(Element element) {
        return (element.is("vlan") || element.is("domain") || element.is("mac") || element.is("mtu"))
                && element.attributes().isEmpty()
                && element.children().isEmpty();
    }
}
