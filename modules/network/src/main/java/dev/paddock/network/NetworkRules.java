package dev.paddock.network;

import dev.paddock.api.change.Cost;
import dev.paddock.api.rule.Alias;
import dev.paddock.api.rule.Canons;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.rule.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How networks compare, and what their changes cost.
 *
 * <p>What libvirt keeps, drops and fills in is decided by virNetworkDefParseXML and virNetworkDefFormatBuf in its
 * src/conf/network_conf.c; what can change in a running network by virNetworkDefUpdateSection there. A flag like {@code
 * localOnly='no'} that libvirt keeps as given is compared as given, though it says no more than its absence.
 */
final class NetworkRules {
    static final String DNSMASQ = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    private static final int DEEPEST_METADATA = 10;

    private static final String BRIDGE = "libvirt sets up the bridge only when the network starts.";
    private static final String FORWARD =
            "libvirt sets up forwarding and its firewall rules only when the network starts.";
    private static final String POOL = "libvirt collects the devices of the pool only when the network starts.";
    private static final String ADDRESS =
            "libvirt gives the bridge its addresses and routes only when the network starts.";
    private static final String SERVICES =
            "libvirt writes this part of dnsmasq's configuration only when the network starts.";
    private static final String LIMITS = "libvirt sets limits of traffic only when the network starts.";
    private static final String PORTS = "Guests get this from the running network, which takes it up when it starts.";
    private static final String IDENTITY = "libvirt cannot change it of an existing network.";
    private static final String OTHERWISE = "libvirt takes it up only when the network starts.";

    static final Rules RULES = new Rules(
            rules(),
            List.of(
                    new Siblings.Keyed("ip", List.of(List.of("@address"))),
                    new Siblings.Keyed("ip/dhcp/range", List.of(List.of("@start", "@end"))),
                    new Siblings.Keyed("ip/dhcp/host", List.of(List.of("@mac"), List.of("@id"), List.of("@name"))),
                    new Siblings.Keyed("route", List.of(List.of("@address"))),
                    new Siblings.Keyed("dns/txt", List.of(List.of("@name"))),
                    new Siblings.Keyed(
                            "dns/srv",
                            List.of(
                                    List.of("@service", "@protocol", "@domain", "@target"),
                                    List.of("@service", "@protocol", "@target"),
                                    List.of("@service", "@protocol", "@domain"),
                                    List.of("@service", "@protocol"))),
                    new Siblings.Keyed("dns/host", List.of(List.of("@ip"))),
                    new Siblings.Keyed("portgroup", List.of(List.of("@name"))),
                    new Siblings.Ordered("vlan/tag", "tags"),
                    new Siblings.Ordered("portgroup/vlan/tag", "tags"),
                    new Siblings.Ordered("forward/interface", "interfaces"),
                    new Siblings.Ordered("forward/address", "addresses"),
                    new Siblings.Ordered("dns/forwarder", "forwarders"),
                    // Reverse lookups are answered with the first name.
                    new Siblings.Ordered("dns/host/hostname", "hostnames"),
                    new Siblings.Ordered("dnsmasq:options/dnsmasq:option", "options")),
            List.of(
                    new Alias("ip/@netmask", "prefix", Canons.PREFIX),
                    new Alias("route/@netmask", "prefix", Canons.PREFIX)),
            Rule.of("**/*").costs(Cost.RESTART, OTHERWISE),
            Map.of("dnsmasq", DNSMASQ));

    private NetworkRules() {}

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        Stream.of(identity(), bridge(), forward(), ip(), dns(), portgroups())
                .flatMap(List::stream)
                .forEach(rules::add);
        rules.addAll(vlan("", Cost.RESTART, PORTS));
        rules.addAll(virtualport("", Cost.RESTART, PORTS));
        rules.addAll(bandwidth("", Cost.RESTART, LIMITS));
        rules.addAll(withinMetadata());
        return rules;
    }

    private static List<Rule> identity() {
        return List.of(
                Rule.of("name").costs(Cost.REPLACE, IDENTITY),
                Rule.of("uuid").as(Canons.UUID).chosen().costs(Cost.REPLACE, IDENTITY),
                // A network that runs keeps what it was started with on some hosts, and may be told otherwise on
                // others.
                Rule.of("title").ofOthers(),
                Rule.of("description").ofOthers(),
                Rule.of("metadata").ofOthers(),
                Rule.of("metadata/*").ofOthers(),
                Rule.of("@connections").momentary(),
                Rule.of("@ipv6").byDefault("no").costs(Cost.RESTART, FORWARD),
                restart("@trustGuestRxFilters", PORTS),
                restart("port", PORTS),
                restart("port/@isolated", PORTS));
    }

    /** What stands in the metadata that is declared is nobody else's, and takes no restart. */
    private static List<Rule> withinMetadata() {
        return Stream.iterate("metadata/*", path -> path + "/*")
                .limit(DEEPEST_METADATA)
                .flatMap(path -> Stream.of(Rule.of(path + "/@*"), Rule.of(path + "/*")))
                .toList();
    }

    private static List<Rule> bridge() {
        return List.of(
                restart("bridge", BRIDGE),
                restart("bridge/@name", BRIDGE).chosen(),
                restart("bridge/@stp", BRIDGE).byDefault("on"),
                restart("bridge/@delay", BRIDGE).as(Canons.INTEGER).byDefault("0"),
                restart("bridge/@zone", BRIDGE),
                restart("bridge/@macTableManager", BRIDGE),
                restart("mac", BRIDGE).chosen(),
                restart("mac/@address", BRIDGE).as(Canons.MAC_ADDRESS).chosen(),
                restart("mtu", BRIDGE),
                restart("mtu/@size", BRIDGE).as(Canons.INTEGER));
    }

    private static List<Rule> forward() {
        return List.of(
                restart("forward", FORWARD),
                restart("forward/@mode", FORWARD),
                Rule.of("forward/@dev"),
                restart("forward/@managed", POOL).byDefault("no"),
                restart("forward/driver", POOL),
                restart("forward/driver/@name", POOL),
                restart("forward/driver/@model", POOL),
                restart("forward/driver/@iommufd", POOL),
                restart("forward/nat", FORWARD),
                restart("forward/nat/@ipv6", FORWARD),
                restart("forward/nat/address", FORWARD),
                restart("forward/nat/address/@start", FORWARD).as(Canons.ADDRESS),
                restart("forward/nat/address/@end", FORWARD).as(Canons.ADDRESS),
                restart("forward/nat/port", FORWARD),
                restart("forward/nat/port/@start", FORWARD).as(Canons.INTEGER),
                restart("forward/nat/port/@end", FORWARD).as(Canons.INTEGER),
                restart("forward/pf", POOL),
                restart("forward/pf/@dev", POOL),
                Rule.of("forward/interface"),
                Rule.of("forward/interface/@dev"),
                Rule.of("forward/interface/@connections").momentary(),
                restart("forward/address", POOL),
                restart("forward/address/@type", POOL),
                pci("domain"),
                pci("bus"),
                pci("slot"),
                pci("function"),
                Rule.of("forward/address/@connections").momentary());
    }

    private static List<Rule> ip() {
        return List.of(
                restart("ip", ADDRESS),
                restart("ip/@address", ADDRESS).as(Canons.ADDRESS),
                restart("ip/@prefix", ADDRESS).as(Canons.INTEGER).byDefault("0"),
                restart("ip/@netmask", ADDRESS).as(Canons.PREFIX),
                restart("ip/@family", ADDRESS),
                restart("ip/@localPtr", SERVICES),
                restart("ip/tftp", SERVICES),
                restart("ip/tftp/@root", SERVICES),
                Rule.of("ip/dhcp"),
                Rule.of("ip/dhcp/range"),
                Rule.of("ip/dhcp/range/@start").as(Canons.ADDRESS),
                Rule.of("ip/dhcp/range/@end").as(Canons.ADDRESS),
                Rule.of("ip/dhcp/range/lease"),
                Rule.of("ip/dhcp/range/lease/@expiry").as(Numbers.C),
                Rule.of("ip/dhcp/range/lease/@unit"),
                Rule.of("ip/dhcp/host"),
                Rule.of("ip/dhcp/host/@mac").as(Canons.MAC_ADDRESS),
                Rule.of("ip/dhcp/host/@id").as(Canons.LOWER),
                Rule.of("ip/dhcp/host/@name"),
                Rule.of("ip/dhcp/host/@ip").as(Canons.ADDRESS),
                Rule.of("ip/dhcp/host/lease"),
                Rule.of("ip/dhcp/host/lease/@expiry").as(Numbers.C),
                Rule.of("ip/dhcp/host/lease/@unit"),
                restart("ip/dhcp/bootp", SERVICES),
                restart("ip/dhcp/bootp/@file", SERVICES),
                restart("ip/dhcp/bootp/@server", SERVICES).as(Canons.ADDRESS),
                restart("route", ADDRESS),
                restart("route/@address", ADDRESS).as(Canons.ADDRESS),
                restart("route/@prefix", ADDRESS).as(Canons.INTEGER),
                restart("route/@netmask", ADDRESS).as(Canons.PREFIX),
                restart("route/@family", ADDRESS),
                restart("route/@gateway", ADDRESS).as(Canons.ADDRESS),
                restart("route/@metric", ADDRESS).as(Canons.INTEGER));
    }

    private static List<Rule> dns() {
        return List.of(
                Rule.of("dns"),
                restart("dns/@enable", SERVICES),
                restart("dns/@forwardPlainNames", SERVICES),
                restart("dns/forwarder", SERVICES),
                restart("dns/forwarder/@domain", SERVICES),
                restart("dns/forwarder/@addr", SERVICES).as(Canons.ADDRESS),
                restart("dns/forwarder/@port", SERVICES).as(Canons.INTEGER),
                Rule.of("dns/txt"),
                Rule.of("dns/txt/@name"),
                Rule.of("dns/txt/@value"),
                Rule.of("dns/srv"),
                Rule.of("dns/srv/@port").as(Canons.INTEGER),
                Rule.of("dns/srv/@priority").as(Canons.INTEGER).byDefault("0"),
                Rule.of("dns/srv/@weight").as(Canons.INTEGER).byDefault("0"),
                Rule.of("dns/srv/@service"),
                Rule.of("dns/srv/@protocol"),
                Rule.of("dns/srv/@domain"),
                Rule.of("dns/srv/@target"),
                Rule.of("dns/host"),
                Rule.of("dns/host/@ip").as(Canons.ADDRESS),
                Rule.of("dns/host/hostname"),
                restart("domain", SERVICES),
                restart("domain/@name", SERVICES),
                restart("domain/@localOnly", SERVICES),
                restart("domain/@register", SERVICES),
                restart("dnsmasq:options", SERVICES),
                restart("dnsmasq:options/dnsmasq:option", SERVICES),
                restart("dnsmasq:options/dnsmasq:option/@value", SERVICES));
    }

    private static List<Rule> portgroups() {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.of("portgroup"),
                Rule.of("portgroup/@name"),
                Rule.of("portgroup/@default").byDefault("no"),
                Rule.of("portgroup/@trustGuestRxFilters")));
        rules.addAll(vlan("portgroup/", Cost.LIVE, ""));
        rules.addAll(virtualport("portgroup/", Cost.LIVE, ""));
        rules.addAll(bandwidth("portgroup/", Cost.LIVE, ""));
        return rules;
    }

    private static List<Rule> vlan(String below, Cost cost, String why) {
        return Stream.of(
                        Rule.of(below + "vlan"),
                        Rule.of(below + "vlan/@trunk"),
                        Rule.of(below + "vlan/tag"),
                        Rule.of(below + "vlan/tag/@id").as(Canons.INTEGER),
                        Rule.of(below + "vlan/tag/@nativeMode"))
                .map(rule -> rule.costs(cost, why))
                .toList();
    }

    private static List<Rule> virtualport(String below, Cost cost, String why) {
        var parameters = below + "virtualport/parameters";
        return Stream.of(
                        Rule.of(below + "virtualport"),
                        Rule.of(below + "virtualport/@type"),
                        Rule.of(parameters),
                        Rule.of(parameters + "/@managerid").as(Numbers.C),
                        Rule.of(parameters + "/@typeid").as(Numbers.C),
                        Rule.of(parameters + "/@typeidversion").as(Numbers.C),
                        Rule.of(parameters + "/@instanceid").as(Canons.UUID),
                        Rule.of(parameters + "/@profileid"),
                        Rule.of(parameters + "/@interfaceid").as(Canons.UUID))
                .map(rule -> rule.costs(cost, why))
                .toList();
    }

    private static List<Rule> bandwidth(String below, Cost cost, String why) {
        return Stream.concat(
                        Stream.of(below + "bandwidth").map(Rule::of),
                        Stream.of("inbound", "outbound").flatMap(direction -> rate(below + "bandwidth/" + direction)))
                .map(rule -> rule.costs(cost, why))
                .toList();
    }

    private static Stream<Rule> rate(String path) {
        return Stream.concat(
                Stream.of(Rule.of(path)),
                Stream.of("average", "peak", "floor", "burst")
                        .map(name -> Rule.of(path + "/@" + name).as(Canons.INTEGER)));
    }

    private static Rule pci(String part) {
        return restart("forward/address/@" + part, POOL).as(Numbers.C).byDefault("0");
    }

    private static Rule restart(String path, String why) {
        return Rule.of(path).costs(Cost.RESTART, why);
    }
}
