package dev.paddock.network.compare;

import dev.paddock.api.change.Cost;
import dev.paddock.api.rule.Alias;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How networks compare, and the costs of their changes.
 *
 * <p>virNetworkDefParseXML and virNetworkDefFormatBuf in libvirt's src/conf/network_conf.c decide what libvirt keeps,
 * drops and fills in; virNetworkDefUpdateSection decides what can change in a running network. A flag that libvirt
 * keeps as given, such as {@code localOnly='no'}, is compared as given, though it means the same as its absence.
 */
public final class NetworkRules {
    public static final String DNSMASQ = "http://libvirt.org/schemas/network/dnsmasq/1.0";

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

    public static final Rules RULES = new Rules(
            rules(),
            List.of(
                    new ListMatch.Keyed("ip", List.of(List.of("@address"))),
                    new ListMatch.Keyed("ip/dhcp/range", List.of(List.of("@start", "@end"))),
                    new ListMatch.Keyed("ip/dhcp/host", List.of(List.of("@mac"), List.of("@id"), List.of("@name"))),
                    new ListMatch.Keyed("route", List.of(List.of("@address"))),
                    new ListMatch.Keyed("dns/txt", List.of(List.of("@name"))),
                    new ListMatch.Keyed(
                            "dns/srv",
                            List.of(
                                    List.of("@service", "@protocol", "@domain", "@target"),
                                    List.of("@service", "@protocol", "@target"),
                                    List.of("@service", "@protocol", "@domain"),
                                    List.of("@service", "@protocol"))),
                    new ListMatch.Keyed("dns/host", List.of(List.of("@ip"))),
                    new ListMatch.Keyed("portgroup", List.of(List.of("@name"))),
                    new ListMatch.Ordered("vlan/tag", "tags"),
                    new ListMatch.Ordered("portgroup/vlan/tag", "tags"),
                    new ListMatch.Ordered("forward/interface", "interfaces"),
                    new ListMatch.Ordered("forward/address", "addresses"),
                    new ListMatch.Ordered("dns/forwarder", "forwarders"),
                    // Reverse lookups return the first name.
                    new ListMatch.Ordered("dns/host/hostname", "hostnames"),
                    new ListMatch.Ordered("dnsmasq:options/dnsmasq:option", "options")),
            List.of(
                    new Alias("ip/@netmask", "prefix", Normalizers.PREFIX),
                    new Alias("route/@netmask", "prefix", Normalizers.PREFIX)),
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
                Rule.of("uuid").as(Normalizers.UUID).chosen().costs(Cost.REPLACE, IDENTITY),
                // A running network keeps its title from the start on some hosts, and can be changed on others.
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

    /** Declared metadata belongs to the project alone, and changes without a restart. */
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
                restart("bridge/@delay", BRIDGE).as(Normalizers.INTEGER).byDefault("0"),
                restart("bridge/@zone", BRIDGE),
                restart("bridge/@macTableManager", BRIDGE),
                restart("mac", BRIDGE).chosen(),
                restart("mac/@address", BRIDGE).as(Normalizers.MAC_ADDRESS).chosen(),
                restart("mtu", BRIDGE),
                restart("mtu/@size", BRIDGE).as(Normalizers.INTEGER));
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
                restart("forward/nat", FORWARD).byDefault(""),
                restart("forward/nat/@ipv6", FORWARD),
                restart("forward/nat/address", FORWARD),
                restart("forward/nat/address/@start", FORWARD).as(Normalizers.ADDRESS),
                restart("forward/nat/address/@end", FORWARD).as(Normalizers.ADDRESS),
                restart("forward/nat/port", FORWARD),
                restart("forward/nat/port/@start", FORWARD).as(Normalizers.INTEGER),
                restart("forward/nat/port/@end", FORWARD).as(Normalizers.INTEGER),
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
                restart("ip/@address", ADDRESS).as(Normalizers.ADDRESS),
                restart("ip/@prefix", ADDRESS).as(Normalizers.INTEGER).byDefault("0"),
                restart("ip/@netmask", ADDRESS).as(Normalizers.PREFIX),
                restart("ip/@family", ADDRESS),
                restart("ip/@localPtr", SERVICES),
                restart("ip/tftp", SERVICES),
                restart("ip/tftp/@root", SERVICES),
                Rule.of("ip/dhcp").byDefault(""),
                Rule.of("ip/dhcp/range"),
                Rule.of("ip/dhcp/range/@start").as(Normalizers.ADDRESS),
                Rule.of("ip/dhcp/range/@end").as(Normalizers.ADDRESS),
                Rule.of("ip/dhcp/range/lease"),
                Rule.of("ip/dhcp/range/lease/@expiry").as(Normalizers.C_INTEGER),
                Rule.of("ip/dhcp/range/lease/@unit"),
                Rule.of("ip/dhcp/host"),
                Rule.of("ip/dhcp/host/@mac").as(Normalizers.MAC_ADDRESS),
                Rule.of("ip/dhcp/host/@id").as(Normalizers.LOWER),
                Rule.of("ip/dhcp/host/@name"),
                Rule.of("ip/dhcp/host/@ip").as(Normalizers.ADDRESS),
                Rule.of("ip/dhcp/host/lease"),
                Rule.of("ip/dhcp/host/lease/@expiry").as(Normalizers.C_INTEGER),
                Rule.of("ip/dhcp/host/lease/@unit"),
                restart("ip/dhcp/bootp", SERVICES),
                restart("ip/dhcp/bootp/@file", SERVICES),
                restart("ip/dhcp/bootp/@server", SERVICES).as(Normalizers.ADDRESS),
                restart("route", ADDRESS),
                restart("route/@address", ADDRESS).as(Normalizers.ADDRESS),
                restart("route/@prefix", ADDRESS).as(Normalizers.INTEGER),
                restart("route/@netmask", ADDRESS).as(Normalizers.PREFIX),
                restart("route/@family", ADDRESS),
                restart("route/@gateway", ADDRESS).as(Normalizers.ADDRESS),
                restart("route/@metric", ADDRESS).as(Normalizers.INTEGER));
    }

    private static List<Rule> dns() {
        return List.of(
                Rule.of("dns"),
                restart("dns/@enable", SERVICES),
                restart("dns/@forwardPlainNames", SERVICES),
                restart("dns/forwarder", SERVICES),
                restart("dns/forwarder/@domain", SERVICES),
                restart("dns/forwarder/@addr", SERVICES).as(Normalizers.ADDRESS),
                restart("dns/forwarder/@port", SERVICES).as(Normalizers.INTEGER),
                Rule.of("dns/txt"),
                Rule.of("dns/txt/@name"),
                Rule.of("dns/txt/@value"),
                Rule.of("dns/srv"),
                Rule.of("dns/srv/@port").as(Normalizers.INTEGER),
                Rule.of("dns/srv/@priority").as(Normalizers.INTEGER).byDefault("0"),
                Rule.of("dns/srv/@weight").as(Normalizers.INTEGER).byDefault("0"),
                Rule.of("dns/srv/@service"),
                Rule.of("dns/srv/@protocol"),
                Rule.of("dns/srv/@domain"),
                Rule.of("dns/srv/@target"),
                Rule.of("dns/host"),
                Rule.of("dns/host/@ip").as(Normalizers.ADDRESS),
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
                        Rule.of(below + "vlan/tag/@id").as(Normalizers.INTEGER),
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
                        Rule.of(parameters + "/@managerid").as(Normalizers.C_INTEGER),
                        Rule.of(parameters + "/@typeid").as(Normalizers.C_INTEGER),
                        Rule.of(parameters + "/@typeidversion").as(Normalizers.C_INTEGER),
                        Rule.of(parameters + "/@instanceid").as(Normalizers.UUID),
                        Rule.of(parameters + "/@profileid"),
                        Rule.of(parameters + "/@interfaceid").as(Normalizers.UUID))
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
                        .map(name -> Rule.of(path + "/@" + name).as(Normalizers.INTEGER)));
    }

    private static Rule pci(String part) {
        return restart("forward/address/@" + part, POOL)
                .as(Normalizers.C_INTEGER)
                .byDefault("0");
    }

    private static Rule restart(String path, String why) {
        return Rule.of(path).costs(Cost.RESTART, why);
    }
}
