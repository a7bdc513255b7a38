package dev.paddock.nwfilter.protocol;

import java.util.List;

/** The attributes of IP packets and of the protocols above IP. */
public final class IpAttributes {
    public static final Attribute COMMENT = Attribute.of(
            "comment", Comment.NOTATION, "A comment of at most 256 bytes; it becomes one in the host's firewall.");

    private IpAttributes() {}

    static List<Attribute> sender() {
        return List.of(Attribute.of("srcmacaddr", Addresses.MAC, "MAC address of the sender."));
    }

    static List<Attribute> addresses(ValueFormat address, ValueFormat mask) {
        return List.of(
                Attribute.of("srcipaddr", address, "IP address of the sender, or its name."),
                Attribute.of("srcipmask", mask, "Mask for the IP address of the sender.")
                        .negatedWith("srcipaddr"),
                Attribute.of("dstipaddr", address, "IP address of the destination, or its name."),
                Attribute.of("dstipmask", mask, "Mask for the IP address of the destination.")
                        .negatedWith("dstipaddr"));
    }

    static List<Attribute> ranges(ValueFormat address) {
        return List.of(
                Attribute.of("srcipfrom", address, "First IP address of the sender."),
                Attribute.of("srcipto", address, "Last IP address of the sender.")
                        .negatedWith("srcipfrom"),
                Attribute.of("dstipfrom", address, "First IP address of the destination."),
                Attribute.of(
                                "dstipto",
                                address,
                                "Last IP address of the destination. libvirt 9.0 takes no literal IPv6 address here.")
                        .negatedWith("dstipfrom"));
    }

    static List<Attribute> protocol() {
        return List.of(Attribute.of(
                "protocol", NumberFormats.PROTOCOL, "Protocol that the packet carries, by name or number."));
    }

    static List<Attribute> dscp() {
        return List.of(Attribute.of("dscp", NumberFormats.DSCP, "Differentiated services code point, 0 to 63."));
    }

    static List<Attribute> connections() {
        return List.of(
                Attribute.of(
                        "connlimit-above", NumberFormats.COUNT, "Match when there are more connections than this."),
                Attribute.of(
                        "state",
                        WordLists.STATE,
                        "States of the connection: NEW, ESTABLISHED, RELATED, INVALID with commas between, or NONE."));
    }

    static List<Attribute> ipset() {
        return List.of(
                Attribute.of("ipset", WordLists.IPSET, "Name of an ipset that the host has."),
                Attribute.of(
                        "ipsetflags",
                        WordLists.IPSET_FLAGS,
                        "What to look up in the ipset: src and dst, commas between."));
    }

    /** virNWFilterRuleDefFixupIPSet clears what it is supposed to complete, for every protocol except {@code all}. */
    static List<Attribute> forgottenIpset() {
        return ipset().stream().map(Attribute::forgotten).toList();
    }

    /** Ports. Their negation is that of the first source port. */
    static List<Attribute> ports() {
        var ports = independentPorts();
        return List.of(
                ports.get(0),
                ports.get(1).negatedWith("srcportstart"),
                ports.get(2).negatedWith("srcportstart"),
                ports.get(3).negatedWith("srcportstart"));
    }

    static List<Attribute> independentPorts() {
        return List.of(
                Attribute.of("srcportstart", NumberFormats.WORD, "First port of the sender."),
                Attribute.of("srcportend", NumberFormats.WORD, "Last port of the sender."),
                Attribute.of("dstportstart", NumberFormats.WORD, "First port of the destination."),
                Attribute.of("dstportend", NumberFormats.WORD, "Last port of the destination."));
    }

    static List<Attribute> tcpFlags() {
        return List.of(Attribute.of(
                "flags", WordLists.TCP_FLAGS, "TCP flags to look at, a slash, and those of them that are set."));
    }

    /** libvirt's schema has this attribute for tcp-ipv6; its parser does not. */
    static List<Attribute> forgottenTcpFlags() {
        return tcpFlags().stream().map(Attribute::forgotten).toList();
    }

    static List<Attribute> icmp() {
        return List.of(
                Attribute.of("type", NumberFormats.BYTE, "Type of the message."),
                Attribute.of("code", NumberFormats.BYTE, "Code of the message.").negatedWith("type"));
    }

    static List<Attribute> icmpRange() {
        return List.of(
                Attribute.of("type", NumberFormats.BYTE, "Type of the ICMPv6 message, or the lowest."),
                Attribute.of("typeend", NumberFormats.BYTE, "The highest type of the ICMPv6 message.")
                        .negatedWith("type"),
                Attribute.of("code", NumberFormats.BYTE, "Code of the ICMPv6 message, or the lowest.")
                        .negatedWith("type"),
                Attribute.of("codeend", NumberFormats.BYTE, "The highest code of the ICMPv6 message.")
                        .negatedWith("type"));
    }
}
