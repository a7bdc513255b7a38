package dev.paddock.network.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.net.IpAddress;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.xml.Element;
import dev.paddock.network.schema.ForwardMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong with one network, and that no schema can know. */
public final class NetworkChecks {
    /** The smallest packet that every IPv4 interface takes (RFC 791), and that every IPv6 interface does (RFC 8200). */
    private static final int SMALLEST_IPV4 = 68;

    private static final int SMALLEST_IPV6 = 1280;

    private final LocatedResource network;
    private final List<Diagnostic> found = new ArrayList<>();

    private NetworkChecks(LocatedResource network) {
        this.network = network;
    }

    public static List<Diagnostic> of(LocatedResource network) {
        var checks = new NetworkChecks(network);
        var addresses = LocatedIp.of(network);
        checks.found.addAll(AddressChecks.of(addresses));
        checks.mtu(addresses);
        if (ForwardMode.of(network.document()).hasOwnBridge()) {
            checks.routes(addresses);
        }
        checks.translation();
        checks.portGroups();
        checks.bandwidth(network.document(), "bandwidth", true);
        checks.mac();
        return checks.found;
    }

    private void mtu(List<LocatedIp> addresses) {
        var hasIpv6 = addresses.stream().anyMatch(LocatedIp::isIpv6);
        var smallest = hasIpv6 ? SMALLEST_IPV6 : SMALLEST_IPV4;
        network.document()
                .child("mtu")
                .flatMap(mtu -> mtu.attribute("size"))
                // libvirt takes 0 as if there were no mtu.
                .filter(text -> text.matches("0*[1-9][0-9]{0,4}") && Integer.parseInt(text) < smallest)
                .ifPresent(size -> tell(
                        Code.DEVICE_IMPOSSIBLE,
                        network.at("mtu"),
                        "A network with " + (hasIpv6 ? "IPv6" : "IPv4") + " carries packets of at least " + smallest
                                + " bytes, and mtu is " + size + ", which the kernel refuses.",
                        "Write " + smallest + " or more, or leave mtu out: Ethernet has 1500."));
    }

    /** Routes as virNetDevIPRouteCreate and networkStartNetworkVirtual of libvirt check them, when a network starts. */
    private void routes(List<LocatedIp> addresses) {
        var routes = network.document().children("route");
        for (var i = 0; i < routes.size(); i++) {
            route(routes.get(i), "routes/" + i + "/", addresses);
        }
    }

    private void route(Element route, String field, List<LocatedIp> addresses) {
        var address = route.attribute("address").orElse("");
        var gateway = route.attribute("gateway").orElse("");
        route.attribute("prefix")
                .or(() -> route.attribute("netmask"))
                .flatMap(length -> AddressBlock.of(address, length))
                .filter(net -> !IpAddress.parse(address).equals(Optional.of(net.first())))
                .ifPresent(net -> tell(
                        Code.ADDRESS_UNFIT,
                        network.at(field + "address"),
                        "'" + address + "' is a host of the network to reach and not the network itself, and libvirt"
                                + " refuses such a route.",
                        "Write the first address of that network."));
        var isReachable =
                addresses.stream().flatMap(ip -> ip.subnet().stream()).anyMatch(subnet -> subnet.holds(gateway));
        if (!isReachable && IpAddress.parse(gateway).isPresent()) {
            tell(
                    Code.ADDRESS_UNFIT,
                    network.at(field + "gateway"),
                    "The gateway '" + gateway + "' is in no subnet of this network, so the host cannot reach it, and"
                            + " libvirt refuses the route when the network starts.",
                    "Name a VM of this network as gateway.");
        }
    }

    private void translation() {
        var nat = network.document().child("forward").flatMap(forward -> forward.child("nat"));
        nat.ifPresent(rewriting -> {
            rewriting.children("port").forEach(port -> {
                var start = port.attribute("start").orElse("");
                var end = port.attribute("end").orElse("");
                if (start.matches("[0-9]{1,5}")
                        && end.matches("[0-9]{1,5}")
                        && Integer.parseInt(start) > Integer.parseInt(end)) {
                    tell(
                            Code.ADDRESS_UNFIT,
                            network.at("forward/ports"),
                            "The range of ports " + start + "-" + end + " ends before it starts.",
                            "Swap the two ports.");
                }
            });
            rewriting.child("address").ifPresent(range -> {
                var start = IpAddress.parse(range.attribute("start").orElse(""));
                var end = IpAddress.parse(range.attribute("end").orElse(""));
                if (start.isPresent() && end.isPresent() && start.get().compareTo(end.get()) > 0) {
                    tell(
                            Code.ADDRESS_UNFIT,
                            network.at("forward/nat/addresses"),
                            "The range of addresses ends before it starts.",
                            "Swap the two addresses.");
                }
            });
        });
    }

    private void portGroups() {
        Set<String> names = new LinkedHashSet<>();
        Optional<String> standard = Optional.empty();
        var groups = network.document().children("portgroup");
        for (var i = 0; i < groups.size(); i++) {
            var field = "portgroups/" + i;
            var name = groups.get(i).attribute("name").orElse("");
            if (!names.add(name)) {
                tell(
                        Code.GIVEN_TWICE,
                        network.at(field + "/name"),
                        "There are two port groups '" + name + "', and an interface chooses one by its name.",
                        "Give one of them another name.");
            }
            if (groups.get(i).attribute("default").filter("yes"::equals).isPresent()) {
                if (standard.isPresent()) {
                    tell(
                            Code.GIVEN_TWICE,
                            network.at(field + "/default"),
                            "The port group '" + standard.get() + "' is the default already, and there is one default.",
                            "Keep default: yes in one of the two.");
                }
                standard = Optional.of(name);
            }
            bandwidth(groups.get(i), field + "/bandwidth", false);
        }
    }

    /** virNetDevBandwidthParseRate: a limit has an average; what is guaranteed is guaranteed to an interface. */
    private void bandwidth(Element holder, String field, boolean isNetwork) {
        for (var direction : List.of("inbound", "outbound")) {
            var rate = holder.child("bandwidth").flatMap(limits -> limits.child(direction));
            if (rate.isEmpty()) {
                continue;
            }
            var place = network.at(field + "/" + direction);
            var hasFloor = rate.get().attribute("floor").isPresent();
            if (rate.get().attribute("average").isEmpty() && !hasFloor) {
                tell(
                        Code.MISSING_KEY,
                        place,
                        "A limit of the bandwidth has an average, and there is none for " + direction + ".",
                        "Add average, in KiB a second.");
            }
            if (hasFloor && (isNetwork || direction.equals("outbound"))) {
                tell(
                        Code.NO_EFFECT,
                        place,
                        "libvirt guarantees a rate (floor) to an interface, and only for what comes to it.",
                        "Remove floor here.");
            }
        }
    }

    private void mac() {
        network.document()
                .child("mac")
                .flatMap(mac -> mac.attribute("address"))
                .filter(Multicast::is)
                .ifPresent(mac -> found.add(Multicast.diagnostic(mac, network.at("mac"))));
    }

    private void tell(Code code, SourceLocation place, String detail, String fix) {
        found.add(Diagnostic.error(code, place, detail, fix));
    }
}
