package dev.paddock.network;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.Subnet;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The address that a VM asks for, as a DHCP entry of the network. */
final class Reservation {
    private Reservation() {}

    /**
     * Return the network with the entry, if one of its DHCP servers serves the address and does not reserve it for
     * another host; absent otherwise.
     *
     * @param host in libvirt's form, with {@code mac} and {@code ip}
     */
    static Optional<Element> in(Element network, Element host) {
        List<Element> children = new ArrayList<>(network.children());
        for (var i = 0; i < children.size(); i++) {
            var ip = children.get(i);
            var dhcp = ip.is("ip") ? ip.child("dhcp") : Optional.<Element>empty();
            if (dhcp.isPresent() && serves(ip, host.attribute("ip").orElse(""))) {
                var index = i;
                return kept(dhcp.get(), host).map(server -> {
                    children.set(index, ip.withChild(server));
                    return network.withChildren(children);
                });
            }
        }
        return Optional.empty();
    }

    /** Return the entries that reserve an address for a MAC address. */
    static List<Element> all(Element network) {
        return network.children("ip").stream()
                .flatMap(ip -> ip.children("dhcp").stream())
                .flatMap(dhcp -> dhcp.children("host").stream())
                .filter(host -> host.attribute("mac").isPresent()
                        && host.attribute("ip").isPresent())
                .toList();
    }

    /** Return why there is no place for the entry. */
    static Optional<String> obstacle(Element network, Element host) {
        var address = host.attribute("ip").orElse("");
        var servers = network.children("ip").stream()
                .filter(ip -> ip.child("dhcp").isPresent())
                .toList();
        if (servers.isEmpty()) {
            return Optional.of("'" + address + "' is to be kept by the network's DHCP server, and it has none.");
        }
        var server = servers.stream().filter(ip -> serves(ip, address)).findFirst();
        if (server.isEmpty()) {
            return Optional.of(
                    "'" + address + "' is in no subnet that the network's DHCP server serves: it serves that of "
                            + servers.stream()
                                    .flatMap(ip -> ip.attribute("address").stream())
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return server.stream()
                .flatMap(ip -> ip.children("dhcp").stream())
                .flatMap(dhcp -> dhcp.children("host").stream())
                .filter(other -> same(other, host, "mac") || same(other, host, "ip"))
                .findFirst()
                .map(other -> "The network keeps '"
                        + other.attribute("ip").orElse("") + "' for "
                        + other.attribute("name").map(name -> "'" + name + "'").orElse("another VM")
                        + " with the MAC address "
                        + other.attribute("mac").orElse("")
                        + (same(other, host, "ip")
                                ? ", and an address is kept for one."
                                : ", which has one address in a network."));
    }

    private static boolean serves(Element ip, String address) {
        var prefix = ip.attribute("prefix").or(() -> ip.attribute("netmask")).orElse("24");
        return ip.attribute("address")
                .flatMap(own -> Subnet.parse(own, prefix))
                .filter(subnet -> IpAddress.parse(address).map(subnet::contains).orElse(false))
                .isPresent();
    }

    private static Optional<Element> kept(Element dhcp, Element host) {
        for (var other : dhcp.children("host")) {
            var sameMac = same(other, host, "mac");
            var sameIp = same(other, host, "ip");
            if (sameMac && sameIp) {
                return Optional.of(dhcp);
            }
            if (sameMac || sameIp) {
                return Optional.empty();
            }
        }
        return Optional.of(dhcp.plus(host));
    }

    private static boolean same(Element one, Element other, String name) {
        return one.attribute(name)
                .filter(value -> value.equalsIgnoreCase(other.attribute(name).orElse("")))
                .isPresent();
    }
}
