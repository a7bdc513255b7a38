package dev.paddock.nwfilter.protocol;

import java.util.ArrayList;
import java.util.List;

/** The attributes of Ethernet frames and of the protocols directly above them. */
final class EthernetAttributes {
    private EthernetAttributes() {}

    /** The sender of the frame. */
    static List<Attribute> source() {
        return List.of(
                Attribute.of("srcmacaddr", Addresses.MAC, "MAC address of the sender."),
                Attribute.of("srcmacmask", Addresses.MAC_MASK, "Mask for the MAC address of the sender.")
                        .negatedWith("srcmacaddr"));
    }

    /** The sender and receiver of the frame. */
    static List<Attribute> addresses() {
        var all = new ArrayList<>(source());
        all.add(Attribute.of("dstmacaddr", Addresses.MAC, "MAC address of the destination."));
        all.add(Attribute.of("dstmacmask", Addresses.MAC_MASK, "Mask for the MAC address of the destination.")
                .negatedWith("dstmacaddr"));
        return all;
    }

    /** The sender and receiver of the frame, for protocols whose masks are negated on their own. */
    static List<Attribute> unmaskedNegation() {
        return addresses().stream()
                .map(attribute -> Attribute.of(attribute.name(), attribute.notation(), attribute.doc()))
                .toList();
    }

    static List<Attribute> protocol(String name) {
        return List.of(Attribute.of(
                name,
                NumberFormats.FRAME,
                "Protocol that the frame carries: arp, rarp, ipv4, ipv6, vlan or 0x600 to 0xffff."));
    }

    static List<Attribute> vlan() {
        var all = new ArrayList<Attribute>();
        all.add(Attribute.of("vlanid", NumberFormats.VLAN, "Number of the VLAN, 0 to 4095."));
        all.addAll(protocol("encap-protocol"));
        return all;
    }

    static List<Attribute> arp() {
        return List.of(
                Attribute.of("hwtype", NumberFormats.WORD, "Type of hardware; 1 is Ethernet."),
                Attribute.of(
                        "protocoltype", NumberFormats.WORD, "Protocol whose addresses are asked for; 0x800 is IPv4."),
                Attribute.of("opcode", NumberFormats.OPERATION, "Operation: Request, Reply and others, or a number."),
                Attribute.of("arpsrcmacaddr", Addresses.MAC, "MAC address of the sender, as ARP tells it."),
                Attribute.of("arpdstmacaddr", Addresses.MAC, "MAC address of the destination, as ARP tells it."),
                Attribute.of("arpsrcipaddr", Addresses.IPV4, "IP address of the sender, as ARP tells it."),
                Attribute.of("arpdstipaddr", Addresses.IPV4, "IP address of the destination, as ARP tells it."),
                Attribute.of(
                        "gratuitous", WordLists.TRUTH, "Whether to match announcements of one's own address only."));
    }

    static List<Attribute> spanningTree() {
        var all = new ArrayList<Attribute>();
        all.add(Attribute.of("type", NumberFormats.BYTE, "Type of the bridge protocol data unit."));
        all.add(Attribute.of("flags", NumberFormats.BYTE, "Flags of the bridge protocol data unit."));
        range(all, "root-priority", NumberFormats.WORD, "priority of the root bridge");
        masked(all, "root-address", "MAC address of the root bridge");
        range(all, "root-cost", NumberFormats.LONG, "cost of the path to the root bridge");
        range(all, "sender-priority", NumberFormats.WORD, "priority of the sender");
        masked(all, "sender-address", "MAC address of the sending bridge");
        range(all, "port", NumberFormats.WORD, "port");
        range(all, "age", NumberFormats.WORD, "age of the message");
        range(all, "max-age", NumberFormats.WORD, "maximal age of the message");
        range(all, "hello-time", NumberFormats.WORD, "time between messages");
        range(all, "forward-delay", NumberFormats.WORD, "delay before forwarding");
        return all;
    }

    private static void range(List<Attribute> all, String name, ValueFormat notation, String what) {
        all.add(Attribute.of(name, notation, "The " + what + ", or the lowest."));
        all.add(Attribute.of(name + "-hi", notation, "The highest " + what + ".")
                .negatedWith(name));
    }

    private static void masked(List<Attribute> all, String name, String what) {
        all.add(Attribute.of(name, Addresses.MAC, "The " + what + "."));
        all.add(Attribute.of(name + "-mask", Addresses.MAC_MASK, "Mask for the " + what + ".")
                .negatedWith(name));
    }
}
