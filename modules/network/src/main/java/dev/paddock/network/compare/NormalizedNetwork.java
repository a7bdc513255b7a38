package dev.paddock.network.compare;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.network.schema.ForwardMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The form in which networks are compared: without what libvirt drops, without what follows from the rest, and with all
 * container elements, so that their contents are compared one by one.
 *
 * <p>Each case follows virNetworkDefParseXML or virNetworkDefFormatBuf in libvirt's src/conf/network_conf.c.
 */
public final class NormalizedNetwork {
    private NormalizedNetwork() {}

    public static Element of(Element network) {
        var mode = ForwardMode.of(network);
        List<Element> children = new ArrayList<>();
        for (var child : withDriverInside(network).children()) {
            part(child, mode).ifPresent(children::add);
        }
        var form = network.withChildren(children);
        form = holding(form, "dns");
        form = holding(holding(form, "port"), "bridge");
        var bridge = form.child("bridge").orElseThrow();
        // libvirt chooses a name only for its own bridges. For a bridge of the host, a missing name has to be explicit.
        return !mode.hasOwnBridge() && bridge.attribute("name").isEmpty()
                ? form.withChild(bridge.withAttribute("name", ""))
                : form;
    }

    /**
     * libvirt 11 and 12 write a driver with a model alone after a forward element that is otherwise empty, and not into
     * it (virNetworkDefFormatBuf).
     */
    private static Element withDriverInside(Element network) {
        var driver = network.child("driver");
        return driver.isEmpty()
                ? network
                : network.withChildren(network.children().stream()
                        .filter(child -> !child.is("driver"))
                        .map(child -> child.is("forward") ? child.plus(driver.get()) : child)
                        .toList());
    }

    private static Optional<Element> part(Element child, ForwardMode mode) {
        if (child.name().space().equals(NetworkRules.DNSMASQ)) {
            return unlessEmpty(child);
        }
        return switch (child.name().local()) {
            case "name" -> Optional.of(child.withText(child.text().strip()));
            case "forward" -> mode.name().equals("none") ? Optional.empty() : Optional.of(forward(child, mode));
            case "mtu" ->
                child.attribute("size").filter(size -> !size.matches("0+")).map(size -> child);
            case "mac" -> child.attribute("address").map(address -> child);
            case "domain" -> child.attribute("name").map(name -> child);
            case "vlan" -> vlan(child);
            case "bandwidth" -> unlessEmpty(child);
            case "virtualport" -> virtualport(child);
            case "ip" -> Optional.of(ip(child));
            case "portgroup" -> Optional.of(portgroup(child));
            case "metadata" -> unlessEmpty(metadata(child));
            default -> Optional.of(child);
        };
    }

    private static Element forward(Element forward, ForwardMode mode) {
        var form = holding(forward.withAttribute("mode", mode.name()), "nat");
        if (!mode.name().equals("hostdev")) {
            form = form.withoutAttribute("managed");
        }
        // libvirt reads devices of one type only, and drops the others.
        if (!devices(form).isEmpty()) {
            form = form.withoutChildren("address").withoutChildren("pf");
        } else if (!form.children("address").isEmpty()) {
            form = form.withoutChildren("pf");
        }
        form = devices(form, mode);
        return form.withChildren(form.children().stream()
                .map(child -> child.is("address")
                        ? child.withoutAttribute("multifunction").withChildren(List.of())
                        : child)
                .toList());
    }

    /** libvirt writes the first device twice: as {@code dev} and as the first interface. One is enough. */
    private static Element devices(Element forward, ForwardMode mode) {
        var devices = devices(forward);
        if (devices.isEmpty()) {
            return forward;
        }
        var form = forward.withoutChildren("interface");
        if (mode.hasOneDevice() && devices.size() == 1) {
            return form.withAttribute("dev", devices.getFirst());
        }
        form = form.withoutAttribute("dev");
        for (var device : devices) {
            form = form.plus(Element.of("interface").withAttribute("dev", device));
        }
        return form;
    }

    /** Return the devices that traffic may leave by, in order. */
    public static List<String> devices(Element forward) {
        var devices = new LinkedHashSet<String>();
        forward.attribute("dev").ifPresent(devices::add);
        forward.children("interface").forEach(each -> each.attribute("dev").ifPresent(devices::add));
        return List.copyOf(devices);
    }

    /**
     * Return the document of a running network without what a definition does not need: the virtual functions that
     * libvirt found for the pool, and the default ports of NAT.
     */
    public static Element running(Element network) {
        return network.withChildren(network.children().stream()
                .map(child -> child.is("forward") ? running(child.children("pf"), child) : child)
                .toList());
    }

    private static Element running(List<Element> functions, Element forward) {
        var form = functions.isEmpty()
                ? forward
                : forward.withoutChildren("interface")
                        .withoutChildren("address")
                        .withoutAttribute("dev");
        return form.withChildren(form.children().stream()
                .flatMap(child -> child.is("nat") ? nat(child).stream() : Stream.of(child))
                .toList());
    }

    private static Optional<Element> nat(Element nat) {
        return unlessEmpty(nat.withChildren(nat.children().stream()
                .filter(child -> !(child.is("port")
                        && "1024".equals(child.attribute("start").orElse(""))
                        && "65535".equals(child.attribute("end").orElse(""))))
                .toList()));
    }

    /** Several tags always mean a trunk. */
    private static Optional<Element> vlan(Element vlan) {
        return switch (vlan.children("tag").size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(vlan);
            default -> Optional.of(vlan.withAttribute("trunk", "yes"));
        };
    }

    private static Optional<Element> virtualport(Element virtualport) {
        var form = virtualport.withChildren(virtualport.children().stream()
                .map(child ->
                        child.attribute("profileid").filter(String::isEmpty).isPresent()
                                ? child.withoutAttribute("profileid")
                                : child)
                .toList());
        var isEmpty = form.attributes().isEmpty()
                && form.children().stream().allMatch(child -> child.attributes().isEmpty());
        return isEmpty ? Optional.empty() : Optional.of(holding(form, "parameters"));
    }

    private static Element portgroup(Element portgroup) {
        return portgroup.withChildren(portgroup.children().stream()
                .flatMap(child -> switch (child.name().local()) {
                    case "vlan" -> vlan(child).stream();
                    case "virtualport" -> virtualport(child).stream();
                    case "bandwidth" -> unlessEmpty(child).stream();
                    default -> Stream.of(child);
                })
                .toList());
    }

    private static Element ip(Element ip) {
        var form = ip.withChildren(ip.children().stream()
                .filter(child -> !child.is("tftp")
                        || child.attribute("root")
                                .filter(root -> !root.isEmpty())
                                .isPresent())
                .map(child -> child.is("dhcp") ? dhcp(child, ip) : child)
                .toList());
        return holding(form, "dhcp");
    }

    /** libvirt writes the boot image only together with ranges or hosts, and only for IPv4. */
    private static Element dhcp(Element dhcp, Element ip) {
        var form = ip.attribute("family").filter("ipv6"::equals).isPresent()
                        || (dhcp.children("range").isEmpty()
                                && dhcp.children("host").isEmpty())
                ? dhcp.withoutChildren("bootp")
                : dhcp;
        return form.withChildren(
                form.children().stream().map(NormalizedNetwork::leased).toList());
    }

    private static Element leased(Element holder) {
        return holder.withChildren(holder.children().stream()
                .map(child -> child.is("lease") ? lease(child) : child)
                .toList());
    }

    /** An unlimited lease has no unit; every other lease has one. */
    private static Element lease(Element lease) {
        var expiry = Normalizers.C_INTEGER.apply(lease.attribute("expiry").orElse(""));
        return expiry.equals("0")
                ? lease.withoutAttribute("unit")
                : lease.withAttribute("unit", lease.attribute("unit").orElse("minutes"));
    }

    /** libvirt keeps the first element of each namespace (virXMLNodeSanitizeNamespaces in src/util/virxml.c). */
    private static Element metadata(Element metadata) {
        Set<String> spaces = new LinkedHashSet<>();
        return metadata.withChildren(metadata.children().stream()
                .filter(child -> !child.name().space().isEmpty()
                        && spaces.add(child.name().space()))
                .toList());
    }

    private static Element holding(Element parent, String name) {
        return parent.child(name).isPresent() ? parent : parent.plus(Element.of(name));
    }

    private static Optional<Element> unlessEmpty(Element element) {
        return element.attributes().isEmpty() && element.children().isEmpty() ? Optional.empty() : Optional.of(element);
    }
}
