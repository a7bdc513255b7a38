package dev.paddock.nwfilter.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All protocols of the schema nwfilter.rng of libvirt 9.0: the one table behind schema, rules and descriptions. */
public final class Protocols {
    private static final Map<String, Protocol> ALL = all(List.of(
            frames(),
            packets("", "IPv4", Addresses.IPV4, Addresses.IPV4_MASK),
            packets("-ipv6", "IPv6", Addresses.IPV6, Addresses.IPV6_MASK)));

    private static final Set<String> FRAMES =
            frames().stream().map(Protocol::name).collect(Collectors.toSet());

    private Protocols() {}

    public static Optional<Protocol> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    public static Collection<Protocol> all() {
        return ALL.values();
    }

    /** Return whether ebtables carries out the protocol of this name. */
    public static boolean isForFrames(String name) {
        return FRAMES.contains(name);
    }

    /** The protocols that ebtables carries out. It sees every frame, but no connections. */
    private static List<Protocol> frames() {
        return List.of(
                protocol(
                        "mac",
                        "Any Ethernet frame.",
                        List.of(EthernetAttributes.addresses(), EthernetAttributes.protocol("protocolid"))),
                protocol(
                        "vlan",
                        "Ethernet frames with a VLAN tag.",
                        List.of(EthernetAttributes.addresses(), EthernetAttributes.vlan())),
                protocol(
                        "stp",
                        "Frames of the spanning tree.",
                        List.of(EthernetAttributes.source(), EthernetAttributes.spanningTree())),
                protocol(
                        "arp",
                        "Frames of ARP.",
                        List.of(EthernetAttributes.unmaskedNegation(), EthernetAttributes.arp())),
                protocol(
                        "rarp",
                        "Frames of reverse ARP.",
                        List.of(EthernetAttributes.unmaskedNegation(), EthernetAttributes.arp())),
                protocol(
                        "ip",
                        "IPv4 packets, without regard to connections.",
                        List.of(
                                EthernetAttributes.unmaskedNegation(),
                                IpAttributes.addresses(Addresses.NAMED_IPV4, Addresses.IPV4_MASK),
                                IpAttributes.protocol(),
                                IpAttributes.independentPorts(),
                                IpAttributes.dscp())),
                protocol(
                        "ipv6",
                        "IPv6 packets, without regard to connections.",
                        List.of(
                                EthernetAttributes.unmaskedNegation(),
                                IpAttributes.addresses(Addresses.NAMED_IPV6, Addresses.IPV6_MASK),
                                IpAttributes.protocol(),
                                IpAttributes.independentPorts(),
                                IpAttributes.icmpRange())));
    }

    /** The protocols that iptables and ip6tables carry out. They know connections. */
    private static List<Protocol> packets(String suffix, String family, ValueFormat address, ValueFormat mask) {
        var six = !suffix.isEmpty();
        List<List<Attribute>> common = new ArrayList<>(List.of(
                IpAttributes.sender(),
                IpAttributes.addresses(six ? Addresses.NAMED_IPV6 : Addresses.NAMED_IPV4, mask),
                IpAttributes.ranges(address),
                IpAttributes.dscp()));
        if (!six) {
            common.add(IpAttributes.connections());
        }
        var most = six ? common : with(common, IpAttributes.forgottenIpset());
        var all = six ? common : with(common, IpAttributes.ipset());
        var ports = with(most, IpAttributes.ports());
        var flags = six ? IpAttributes.forgottenTcpFlags() : IpAttributes.tcpFlags();
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(protocol("tcp" + suffix, "TCP over " + family + ".", with(ports, flags)));
        protocols.add(protocol("udp" + suffix, "UDP over " + family + ".", ports));
        protocols.add(protocol("sctp" + suffix, "SCTP over " + family + ".", ports));
        protocols.add(protocol(six ? "icmpv6" : "icmp", six ? "ICMPv6." : "ICMP.", with(most, IpAttributes.icmp())));
        if (!six) {
            protocols.add(protocol("igmp", "IGMP.", most));
        }
        protocols.add(protocol("esp" + suffix, "ESP over " + family + ".", most));
        protocols.add(protocol("ah" + suffix, "AH over " + family + ".", most));
        protocols.add(protocol("udplite" + suffix, "UDP-Lite over " + family + ".", most));
        protocols.add(protocol("all" + suffix, "All protocols over " + family + ".", all));
        return protocols;
    }

    private static Protocol protocol(String name, String doc, List<List<Attribute>> groups) {
        return new Protocol(
                name,
                with(groups, List.of(IpAttributes.COMMENT)).stream()
                        .flatMap(List::stream)
                        .toList(),
                doc);
    }

    private static List<List<Attribute>> with(List<List<Attribute>> groups, List<Attribute> another) {
        List<List<Attribute>> more = new ArrayList<>(groups);
        more.add(another);
        return more;
    }

    private static Map<String, Protocol> all(List<List<Protocol>> families) {
        Map<String, Protocol> all = new LinkedHashMap<>();
        families.stream().flatMap(List::stream).forEach(protocol -> all.put(protocol.name(), protocol));
        return Collections.unmodifiableMap(all);
    }
}
