package dev.paddock.testkit.generate;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes networks of every mode, with every section that the mode takes. */
public final class NetworkDocuments {
    private static final String DNSMASQ = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    private final RandomChoice chance;
    private final boolean startable;

    /**
     * @param startable leave out what needs devices, services or traffic control that a bare machine may not have
     */
    public NetworkDocuments(Random random, boolean startable) {
        this.chance = new RandomChoice(random);
        this.startable = startable;
    }

    /**
     * Return a network; whether libvirt takes it is to be tried.
     *
     * @param number tells its addresses and its bridge from those of other networks, from 0 to 250
     */
    public Element network(String name, int number) {
        var mode = startable
                ? chance.of("none", "nat", "nat", "route", "open", "bridge")
                : chance.of(
                        "none",
                        "nat",
                        "nat",
                        "route",
                        "open",
                        "bridge",
                        "bridge-interfaces",
                        "private",
                        "vepa",
                        "passthrough",
                        "hostdev",
                        "hostdev-addresses");
        var network = Element.of("network").plus(Element.of("name").withText(name));
        if (chance.in(4)) {
            network = network.plus(Element.of("uuid").withText(chance.uuid()));
        }
        if (chance.in(5)) {
            network = network.withAttribute("trustGuestRxFilters", chance.of("yes", "no"));
        }
        network = switch (mode) {
            case "none", "nat", "route", "open" -> ownBridge(network, mode, number);
            case "bridge" ->
                network.plus(Element.of("forward").withAttribute("mode", "bridge"))
                        .plus(Element.of("bridge").withAttribute("name", "host" + number));
            case "hostdev", "hostdev-addresses" -> network.plus(hostdev(mode));
            default -> network.plus(pool(mode.equals("bridge-interfaces") ? "bridge" : mode));
        };
        network = portgroups(network, mode);
        if (chance.in(6)) {
            network = network.plus(Element.of("port").withAttribute("isolated", chance.of("yes", "no")));
        }
        return metadata(network);
    }

    private Element pool(String mode) {
        var forward = Element.of("forward").withAttribute("mode", mode);
        if (chance.in(3)) {
            forward = forward.withAttribute("dev", "eth10");
        }
        return repeat(forward, chance.between(1, 3), each -> Element.of("interface")
                .withAttribute("dev", "eth" + (10 + each)));
    }

    private Element hostdev(String mode) {
        var forward = Element.of("forward").withAttribute("mode", "hostdev");
        if (chance.in(2)) {
            forward = forward.withAttribute("managed", chance.of("yes", "no"));
        }
        if (chance.in(3)) {
            forward = forward.plus(Element.of("driver").withAttribute("name", chance.of("vfio", "kvm")));
        }
        return mode.equals("hostdev")
                ? forward.plus(Element.of("pf").withAttribute("dev", "eth3"))
                : repeat(forward, chance.between(1, 3), each -> Element.of("address")
                        .withAttribute("type", "pci")
                        .withAttribute("domain", chance.of("0", "0x0000"))
                        .withAttribute("bus", chance.of("0x3", "3"))
                        .withAttribute("slot", chance.of("0x00", "0x1f"))
                        .withAttribute("function", "0x" + each));
    }

    private Element ownBridge(Element start, String mode, int number) {
        var network = start;
        if (chance.in(6)) {
            network = network.withAttribute("ipv6", chance.of("yes", "no"));
        }
        network = network.plus(bridge(number));
        if (chance.in(2)) {
            network = network.plus(Element.of("mac").withAttribute("address", chance.mac()));
        }
        if (chance.in(4)) {
            network = network.plus(Element.of("mtu").withAttribute("size", chance.of("1400", "9000", "01500")));
        }
        if (!mode.equals("none")) {
            network = network.plus(forward(mode));
        }
        if (chance.in(3)) {
            var domain = Element.of("domain").withAttribute("name", chance.of("lab.example.org", "agents"));
            network = network.plus(chance.in(2) ? domain.withAttribute("localOnly", chance.of("yes", "no")) : domain);
        }
        if (chance.in(2)) {
            network = network.plus(dns(number));
        }
        if (chance.in(4)) {
            network = network.plus(bandwidth(!startable));
        }
        var hasFour = !chance.in(5);
        var hasSix = chance.in(3);
        if (hasFour) {
            network = network.plus(four(number));
            if (chance.in(4)) {
                network = network.plus(Element.of("ip")
                        .withAttribute("address", "10.%d.200.1".formatted(number))
                        .withAttribute("prefix", "28"));
            }
        }
        if (hasSix) {
            network = network.plus(six(number));
        }
        if (hasFour && chance.in(4)) {
            network = network.plus(route(number));
        }
        if (hasSix && chance.in(4)) {
            network = network.plus(Element.of("route")
                    .withAttribute("family", "ipv6")
                    .withAttribute("address", "fd01:%x::".formatted(number))
                    .withAttribute("prefix", "64")
                    .withAttribute("gateway", "fd00:%x::fe".formatted(number)));
        }
        if (chance.in(8)) {
            var options = new Element(new XmlName(DNSMASQ, "options", "dnsmasq"), Map.of(), List.of(), "");
            network = network.plus(repeat(
                    options,
                    chance.between(1, 3),
                    each -> new Element(
                            new XmlName(DNSMASQ, "option", "dnsmasq"),
                            Map.of(
                                    XmlName.of("value"),
                                    chance.of("cache-size=42", "no-negcache", "edns-packet-max=1232")),
                            List.of(),
                            "")));
        }
        return network;
    }

    private Element bridge(int number) {
        var bridge = Element.of("bridge");
        if (!chance.in(4)) {
            bridge = bridge.withAttribute("name", "gen" + number);
        }
        if (chance.in(3)) {
            bridge = bridge.withAttribute("stp", chance.of("on", "off"));
        }
        if (chance.in(3)) {
            bridge = bridge.withAttribute("delay", chance.of("0", "2", "02"));
        }
        if (chance.in(6)) {
            bridge = bridge.withAttribute("macTableManager", chance.of("kernel", "libvirt"));
        }
        if (!startable && chance.in(6)) {
            bridge = bridge.withAttribute("zone", "trusted");
        }
        return bridge;
    }

    private Element forward(String mode) {
        var forward = Element.of("forward");
        if (!mode.equals("nat") || chance.in(2)) {
            forward = forward.withAttribute("mode", mode);
        }
        if (!mode.equals("open") && chance.in(4)) {
            forward = chance.in(2)
                    ? forward.withAttribute("dev", "eth5")
                    : forward.plus(Element.of("interface").withAttribute("dev", "eth5"));
        }
        if (mode.equals("nat") && chance.in(2)) {
            var nat = Element.of("nat");
            if (chance.in(2)) {
                nat = nat.withAttribute("ipv6", chance.of("yes", "no"));
            }
            if (chance.in(2)) {
                nat = nat.plus(Element.of("address")
                        .withAttribute("start", "10.250.0.10")
                        .withAttribute("end", chance.of("10.250.0.10", "10.250.0.20")));
            }
            if (chance.in(2)) {
                nat = nat.plus(Element.of("port")
                        .withAttribute("start", chance.of("1024", "500"))
                        .withAttribute("end", chance.of("65535", "1000")));
            }
            forward = forward.plus(nat);
        }
        return forward;
    }

    private Element dns(int number) {
        var dns = Element.of("dns");
        if (chance.in(5)) {
            return dns.withAttribute("enable", "no");
        }
        if (chance.in(3)) {
            dns = dns.withAttribute("forwardPlainNames", chance.of("yes", "no"));
        }
        dns = repeat(
                dns,
                chance.in(2) ? chance.upTo(2) : 0,
                each -> chance.in(2)
                        ? Element.of("forwarder").withAttribute("addr", chance.of("8.8.8.8", "2001:DB8::0:1"))
                        : Element.of("forwarder")
                                .withAttribute("domain", "d" + each + ".example.org")
                                .withAttribute("addr", "10.9.9." + each));
        dns = repeat(dns, chance.upTo(2), each -> Element.of("txt")
                .withAttribute("name", "txt" + each)
                .withAttribute("value", chance.of("one", "two words", "a=\"b\" & c")));
        dns = repeat(dns, chance.upTo(2), each -> service(each));
        return repeat(dns, chance.upTo(2), each -> {
            var host = Element.of("host").withAttribute("ip", "10.%d.0.%d".formatted(number, 200 + each));
            return repeat(host, chance.between(1, 2), name -> Element.of("hostname")
                    .withText("h" + each + "-" + name + chance.of("", ".example.org")));
        });
    }

    private Element service(int each) {
        var service = Element.of("srv")
                .withAttribute("service", "service" + each)
                .withAttribute("protocol", chance.of("tcp", "udp"));
        if (chance.in(2)) {
            service = service.withAttribute("domain", chance.of("example.org", "agents"));
        }
        if (chance.in(2)) {
            service = service.withAttribute("target", chance.of("target.example.org", "other"))
                    .withAttribute("port", chance.of("1024", "80"));
            if (chance.in(2)) {
                service = service.withAttribute("priority", chance.of("0", "5")).withAttribute("weight", "10");
            }
        }
        return service;
    }

    private Element four(int number) {
        var ip = Element.of("ip").withAttribute("address", "10.%d.0.1".formatted(number));
        if (chance.in(4)) {
            ip = ip.withAttribute("family", "ipv4");
        }
        ip = chance.in(2) ? ip.withAttribute("netmask", "255.255.255.0") : ip.withAttribute("prefix", "24");
        if (chance.in(6)) {
            ip = ip.withAttribute("localPtr", chance.of("yes", "no"));
        }
        if (!startable && chance.in(6)) {
            ip = ip.plus(Element.of("tftp").withAttribute("root", "/srv/tftp"));
        }
        return chance.in(4) ? ip : ip.plus(fourDhcp(number));
    }

    private Element fourDhcp(int number) {
        var dhcp = repeat(
                Element.of("dhcp"),
                chance.upTo(2),
                each -> leased(Element.of("range")
                        .withAttribute("start", "10.%d.0.%d".formatted(number, 10 + 20 * each))
                        .withAttribute("end", "10.%d.0.%d".formatted(number, 19 + 20 * each + chance.upTo(5)))));
        dhcp = repeat(dhcp, chance.upTo(4), each -> {
            var host = Element.of("host");
            if (chance.in(5)) {
                host = host.withAttribute("name", "only" + each);
            } else {
                host = host.withAttribute("mac", "52:54:00:%02x:00:%02x".formatted(number, each));
                host = chance.in(2) ? host.withAttribute("name", "n" + each + chance.of("", ".lab")) : host;
            }
            return leased(host.withAttribute("ip", "10.%d.0.%d".formatted(number, 100 + 10 * each + chance.upTo(9))));
        });
        if (chance.in(5)) {
            var bootp = Element.of("bootp").withAttribute("file", "pxelinux.0");
            dhcp = dhcp.plus(
                    chance.in(2) ? bootp.withAttribute("server", chance.of("10.9.9.9", "boot.example.org")) : bootp);
        }
        return dhcp;
    }

    private Element leased(Element holder) {
        return chance.in(4)
                ? holder.plus(
                        chance.in(2)
                                ? Element.of("lease").withAttribute("expiry", chance.of("0", "10", "120"))
                                : Element.of("lease")
                                        .withAttribute("expiry", "3")
                                        .withAttribute("unit", chance.of("hours", "minutes")))
                : holder;
    }

    private Element six(int number) {
        var ip = Element.of("ip")
                .withAttribute("family", "ipv6")
                .withAttribute("address", (chance.in(3) ? "FD00:%X:0:0::1" : "fd00:%x::1").formatted(number))
                .withAttribute("prefix", "64");
        if (chance.in(2)) {
            return ip;
        }
        var dhcp = repeat(Element.of("dhcp"), chance.upTo(1), each -> Element.of("range")
                .withAttribute("start", "fd00:%x::100".formatted(number))
                .withAttribute("end", "fd00:%x::1ff".formatted(number)));
        return ip.plus(repeat(dhcp, chance.upTo(3), each -> {
            var host = Element.of("host");
            if (!chance.in(3)) {
                host = host.withAttribute("id", "0:3:0:1:52:54:00:00:%02x:%02x".formatted(number, each));
            }
            if (chance.in(2) || host.attribute("id").isEmpty()) {
                host = host.withAttribute("name", "six" + each);
            }
            return host.withAttribute("ip", "fd00:%x::%x".formatted(number, 0x20 + each));
        }));
    }

    private Element route(int number) {
        var route = Element.of("route").withAttribute("address", "172.20.%d.0".formatted(number));
        route = chance.in(2) ? route.withAttribute("netmask", "255.255.255.0") : route.withAttribute("prefix", "24");
        route = route.withAttribute("gateway", "10.%d.0.250".formatted(number));
        return chance.in(2) ? route.withAttribute("metric", chance.of("2", "20")) : route;
    }

    private Element bandwidth(boolean inbound) {
        var bandwidth = Element.of("bandwidth");
        if (inbound && chance.in(2)) {
            bandwidth = bandwidth.plus(Element.of("inbound")
                    .withAttribute("average", "1000")
                    .withAttribute("peak", chance.of("2000", "03000")));
        }
        var outbound = Element.of("outbound").withAttribute("average", chance.of("128", "256"));
        return bandwidth.plus(chance.in(2) ? outbound.withAttribute("burst", "64") : outbound);
    }

    private Element portgroups(Element network, String mode) {
        if (!chance.in(3)) {
            return network;
        }
        var chosen = chance.upTo(3);
        return repeat(network, chance.between(1, 3), each -> {
            var group = Element.of("portgroup").withAttribute("name", "group" + each);
            if (each == chosen) {
                group = group.withAttribute("default", "yes");
            }
            if (chance.in(4)) {
                group = group.withAttribute("trustGuestRxFilters", chance.of("yes", "no"));
            }
            if (mode.startsWith("hostdev") && chance.in(2)) {
                group = group.plus(repeat(Element.of("vlan"), chance.between(1, 2), tag -> Element.of("tag")
                        .withAttribute("id", Integer.toString(40 + tag))));
            }
            if ((mode.equals("private") || mode.equals("vepa") || mode.equals("passthrough")) && chance.in(2)) {
                group = group.plus(Element.of("virtualport")
                        .withAttribute("type", "802.1Qbh")
                        .plus(Element.of("parameters").withAttribute("profileid", "profile" + each)));
            }
            return chance.in(2) ? group.plus(bandwidth(true)) : group;
        });
    }

    private Element metadata(Element network) {
        if (!chance.in(4)) {
            return network;
        }
        var space = "https://example.org/" + chance.of("one", "two");
        var note = new Element(
                new XmlName(space, "note", "n"), Map.of(XmlName.of("by"), chance.of("me", "you")), List.of(), "x");
        return network.plus(Element.of("metadata")
                .plus(new Element(new XmlName(space, "notes", "n"), Map.of(), List.of(note), "")));
    }

    private static Element repeat(Element parent, int times, java.util.function.IntFunction<Element> make) {
        List<Element> children = new ArrayList<>(parent.children());
        for (var i = 0; i < times; i++) {
            children.add(make.apply(i));
        }
        return parent.withChildren(children);
    }
}
