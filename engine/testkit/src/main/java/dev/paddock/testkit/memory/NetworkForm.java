package dev.paddock.testkit.memory;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The form in which libvirt writes a network back, whatever form it was given in. After virNetworkDefFormatBuf and its
 * parts in libvirt 9.0's conf/network_conf.c.
 */
final class NetworkForm {
    private static final List<String> ORDER = List.of(
            "name",
            "uuid",
            "title",
            "description",
            "metadata",
            "forward",
            "bridge",
            "mtu",
            "mac",
            "domain",
            "dns",
            "vlan",
            "bandwidth",
            "port",
            "ip",
            "route",
            "virtualport",
            "portgroup");
    private static final List<String> DNS_ORDER = List.of("forwarder", "txt", "srv", "host");
    private static final List<String> DHCP_ORDER = List.of("range", "host", "bootp");
    private static final Set<String> ADDRESSES =
            Set.of("address", "netmask", "start", "end", "ip", "gateway", "addr", "server");

    private NetworkForm() {}

    /** Return the form in which a libvirt before 9.7 writes it. */
    static Element undescribed(Element given) {
        return of(given).withoutChildren("title").withoutChildren("description");
    }

    static Element of(Element given) {
        var network = without(given, "connections");
        if (network.attribute("ipv6").equals(Optional.of("no"))) {
            network = network.withoutAttribute("ipv6");
        }
        List<Element> children = new ArrayList<>();
        for (var child : network.children()) {
            part(child).ifPresent(children::add);
        }
        return sorted(network.withChildren(children), ORDER);
    }

    private static Optional<Element> part(Element child) {
        return switch (child.name().space().isEmpty() ? child.name().local() : "") {
            case "title", "description" ->
                Optional.of(child).filter(text -> !text.text().isEmpty());
            case "uuid" -> Optional.of(child.withText(child.text().strip().toLowerCase(Locale.ROOT)));
            case "forward" -> forward(child);
            case "mac" -> Optional.of(attribute(child, "address", Leaf::mac));
            case "dns" ->
                Optional.of(sorted(addresses(child), DNS_ORDER))
                        .filter(dns ->
                                !dns.children().isEmpty() || !dns.attributes().isEmpty());
            case "ip" -> Optional.of(ip(addresses(child)));
            case "route" -> Optional.of(addresses(child));
            case "portgroup" ->
                Optional.of(
                        child.attribute("default").equals(Optional.of("no"))
                                ? child.withoutAttribute("default")
                                : child);
            default -> Optional.of(child);
        };
    }

    private static Optional<Element> forward(Element given) {
        var mode = given.attribute("mode").orElse("nat");
        if (mode.equals("none")) {
            return Optional.empty();
        }
        var forward = given.withAttribute("mode", mode);
        var device = forward.attribute("dev");
        var interfaces = forward.children("interface");
        if (device.isPresent() && interfaces.isEmpty()) {
            forward = forward.plus(Element.of("interface").withAttribute("dev", device.get()));
        } else if (!interfaces.isEmpty()) {
            forward = forward.withAttribute(
                    "dev", interfaces.getFirst().attribute("dev").orElse(""));
        }
        return Optional.of(forward.withChildren(forward.children().stream()
                .map(child -> child.is("interface") ? without(child, "connections") : child)
                .toList()));
    }

    private static Element ip(Element ip) {
        var children = ip.children().stream()
                .map(child -> child.is("dhcp") ? sorted(child, DHCP_ORDER) : child)
                .filter(child -> !child.is("dhcp") || !child.children().isEmpty())
                .toList();
        return sorted(ip.withChildren(children), List.of("tftp", "dhcp"));
    }

    /** Return the element with every address in it in its short form. */
    static Element addresses(Element element) {
        Map<Name, String> attributes = new LinkedHashMap<>();
        element.attributes()
                .forEach((name, value) ->
                        attributes.put(name, ADDRESSES.contains(name.local()) ? Leaf.address(value) : value));
        return element.withAttributes(attributes)
                .withChildren(
                        element.children().stream().map(NetworkForm::addresses).toList());
    }

    private static Element sorted(Element parent, List<String> order) {
        var children = new ArrayList<>(parent.children());
        children.sort(Comparator.comparingInt(child -> rank(child, order)));
        return parent.withChildren(children);
    }

    /** What is not known, such as elements of other namespaces, comes last. */
    private static int rank(Element child, List<String> order) {
        var index = child.name().space().isEmpty() ? order.indexOf(child.name().local()) : -1;
        return index < 0 ? order.size() : index;
    }

    static Element without(Element element, String attribute) {
        return element.attribute(attribute).isPresent() ? element.withoutAttribute(attribute) : element;
    }

    private static Element attribute(Element element, String name, UnaryOperator<String> change) {
        return element.attribute(name)
                .map(value -> element.withAttribute(name, change.apply(value)))
                .orElse(element);
    }

    /** Return whether libvirt makes the bridge of this network itself. */
    static boolean hasOwnBridge(Element network) {
        var forward = network.child("forward");
        return forward.isEmpty()
                || Set.of("nat", "route", "open")
                        .contains(forward.get().attribute("mode").orElse("nat"));
    }
}
