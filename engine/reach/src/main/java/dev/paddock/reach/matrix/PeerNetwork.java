package dev.paddock.reach.matrix;

import dev.paddock.api.xml.Element;
import dev.paddock.reach.packet.IpAddress;
import dev.paddock.reach.packet.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network of libvirt's, as far as it decides what passes.
 *
 * @param addresses the host's addresses on it, with their prefixes
 * @param firstLease the first address that its DHCP server gives
 * @param isolatesPorts whether its guests cannot reach one another
 * @param translatesSix whether IPv6 is translated where IPv4 is
 * @param bridgesSix whether guests may use IPv6 among themselves where the host has no address of it
 */
public record PeerNetwork(
        String name,
        Mode mode,
        List<Subnet> addresses,
        Optional<IpAddress> firstLease,
        boolean isolatesPorts,
        boolean translatesSix,
        boolean bridgesSix) {
    /** How it is connected to what is around the host. */
    public enum Mode {
        ISOLATED,
        NAT,
        ROUTE,
        /** Routed, and libvirt leaves the firewall alone. */
        OPEN,
        /** The bridge is the host's own, and reaches what is around it without the host's routing. */
        BRIDGE
    }

    public PeerNetwork {
        addresses = List.copyOf(addresses);
    }

    /** Read a document. */
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

    /** Return whether the address is one that guests of this network have. */
    public boolean holds(IpAddress address) {
        return addresses.stream().anyMatch(subnet -> subnet.contains(address));
    }

    /** Return whether the address is the host's own here. */
    public boolean isHost(IpAddress address) {
        return addresses.stream().anyMatch(subnet -> subnet.address().equals(address));
    }
}
