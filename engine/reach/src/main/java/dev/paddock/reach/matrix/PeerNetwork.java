package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.Subnet;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a libvirt network that decide what passes.
 *
 * @param addresses the host's addresses on the network, with their prefixes
 * @param firstLease the first address that its DHCP server assigns
 * @param isolatesPorts whether its VMs cannot reach each other
 * @param translatesSix whether NAT includes IPv6
 * @param bridgesSix whether VMs may use IPv6 among themselves although the host has no IPv6 address on the network
 */
public record PeerNetwork(
        String name,
        Mode mode,
        List<Subnet> addresses,
        Optional<IpAddress> firstLease,
        boolean isolatesPorts,
        boolean translatesSix,
        boolean bridgesSix) {
    /** How the network is connected to the outside of the host. */
    public enum Mode {
        ISOLATED,
        NAT,
        ROUTE,
        /** Routed, without firewall rules of libvirt. */
        OPEN,
        /** A bridge of the host, which reaches the outside without routing by the host. */
        BRIDGE
    }

    public PeerNetwork {
        addresses = List.copyOf(addresses);
    }

    /** Read the document of a network. */
    public static PeerNetwork of(Element network) {
        List<Subnet> addresses = new ArrayList<>();
        Optional<IpAddress> lease = Optional.empty();
        for (var ip : network.children("ip")) {
            var address = ip.attribute("address").flatMap(IpAddress::parse);
            if (address.isEmpty()) {
                continue;
            }
            var six = address.get().isSix();
            var length =
                    ip.attribute("prefix").or(() -> ip.attribute("netmask")).orElse(six ? "64" : "24");
            Subnet.parse(address.get() + "/" + length).ifPresent(addresses::add);
            if (!six && lease.isEmpty()) {
                lease = ip.child("dhcp")
                        .flatMap(dhcp -> dhcp.child("range"))
                        .flatMap(range -> range.attribute("start"))
                        .flatMap(IpAddress::parse);
            }
        }
        var forward = network.child("forward");
        var isolates = network.child("port")
                .flatMap(port -> port.attribute("isolated"))
                .filter("yes"::equals)
                .isPresent();
        return new PeerNetwork(
                network.childText("name").orElse(""),
                mode(forward),
                addresses,
                lease,
                isolates,
                forward.flatMap(element -> element.child("nat"))
                        .flatMap(nat -> nat.attribute("ipv6"))
                        .filter("yes"::equals)
                        .isPresent(),
                network.attribute("ipv6").filter("yes"::equals).isPresent());
    }

    private static Mode mode(Optional<Element> forward) {
        if (forward.isEmpty()) {
            return Mode.ISOLATED;
        }
        return switch (forward.get().attribute("mode").orElse("nat")) {
            case "nat" -> Mode.NAT;
            case "route" -> Mode.ROUTE;
            case "open" -> Mode.OPEN;
            case "none" -> Mode.ISOLATED;
            default -> Mode.BRIDGE;
        };
    }

    /** Return the host's first address of a family on this network, with its prefix. */
    public Optional<Subnet> gateway(boolean isSix) {
        return addresses.stream()
                .filter(subnet -> subnet.address().isSix() == isSix)
                .findFirst();
    }

    /** Return whether the address is in a subnet of this network. */
    public boolean holds(IpAddress address) {
        return addresses.stream().anyMatch(subnet -> subnet.contains(address));
    }

    /** Return whether the address is the host's own on this network. */
    public boolean isHost(IpAddress address) {
        return addresses.stream().anyMatch(subnet -> subnet.address().equals(address));
    }
}
