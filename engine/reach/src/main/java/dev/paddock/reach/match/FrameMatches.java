package dev.paddock.reach.match;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.reach.packet.EtherType;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** The conditions of rules for frames, as ebtablesCreateRuleInstance writes them for ebtables. */
public final class FrameMatches {
    private static final long ANY_NUMBER = 255;

    /** TCP, UDP, DCCP, SCTP and UDP-Lite. */
    private static final Set<Long> WITH_PORTS = Set.of(6L, 17L, 33L, 132L, 136L);

    private final RuleValues values;
    /**
     * Whether source and destination are swapped. libvirt does so for what the VM sends, in rules for both directions.
     */
    private final boolean reversed;

    private Predicate<Frame> all = frame -> true;

    private FrameMatches(RuleValues values, boolean reversed) {
        this.values = values;
        this.reversed = reversed;
    }

    public static Predicate<Frame> of(RuleValues values, boolean reversed) {
        var matches = new FrameMatches(values, reversed);
        matches.protocol(values.rule().protocol().orElse(""));
        return matches.all;
    }

    private void protocol(String name) {
        switch (name) {
            case "" -> {}
            case "mac" -> {
                ethernet();
                number("protocolid", Frame::outerType);
            }
            case "vlan" -> {
                ethernet();
                and(frame -> frame.vlan().isPresent());
                number("vlanid", frame -> frame.vlan().orElse(-1));
                number("encap-protocol", Frame::type);
            }
            case "stp" -> bridging();
            case "arp" -> arp(EtherType.ARP);
            case "rarp" -> arp(EtherType.RARP);
            case "ip" -> {
                ethernet();
                packet(EtherType.IPV4);
                // libvirt uses the DSCP as a condition on the whole octet.
                number("dscp", frame -> ip(frame).service());
            }
            case "ipv6" -> {
                ethernet();
                packet(EtherType.IPV6);
                messages();
            }
            default -> throw new UnusableFilterException("libvirt knows no protocol '" + name + "'.");
        }
    }

    private void ethernet() {
        mac("srcmacaddr", "srcmacmask", reversed ? Frame::destination : Frame::source);
        mac("dstmacaddr", "dstmacmask", reversed ? Frame::source : Frame::destination);
    }

    private void bridging() {
        if (reversed && values.has("srcmacaddr")) {
            throw new UnusableFilterException(
                    "libvirt does not carry out a rule for stp with srcmacaddr in direction inout.");
        }
        ethernet();
        and(frame -> frame.destination().equals(MacAddress.BRIDGES));
        for (var name : values.rule().attributes().keySet()) {
            if (name.endsWith("-address")) {
                var wanted = values.mac(name).orElseThrow().bits();
                var mask = values.mac(name + "-mask").map(MacAddress::bits).orElse(-1L);
                field(name, number -> ((number ^ wanted) & mask) == 0);
            } else if (!name.endsWith("-mask")
                    && !name.endsWith("-hi")
                    && !name.equals("comment")
                    && !name.startsWith("srcmac")) {
                var low = values.number(name).orElseThrow();
                var high = values.number(name + "-hi").orElse(low);
                values.requireOrder(name, low, high);
                field(name, number -> number >= low && number <= high);
            }
        }
    }

    private void field(String name, LongPredicate holds) {
        var negated = values.negates(name);
        and(frame -> frame.payload() instanceof Payload.Bridging unit
                && unit.fields().containsKey(name)
                && holds.test(unit.fields().get(name)) != negated);
    }

    private void arp(int type) {
        ethernet();
        and(frame -> frame.outerType() == type && frame.payload() instanceof Payload.Arp);
        number("hwtype", frame -> arp(frame).hardware());
        number("opcode", frame -> arp(frame).operation());
        number("protocoltype", frame -> arp(frame).protocol());
        arpAddress("arpsrcipaddr", reversed ? Payload.Arp::targetIp : Payload.Arp::senderIp);
        arpAddress("arpdstipaddr", reversed ? Payload.Arp::senderIp : Payload.Arp::targetIp);
        mac(
                "arpsrcmacaddr",
                "",
                frame -> reversed ? arp(frame).targetMac() : arp(frame).senderMac());
        mac(
                "arpdstmacaddr",
                "",
                frame -> reversed ? arp(frame).senderMac() : arp(frame).targetMac());
        if (values.text("gratuitous").filter("true"::equals).isPresent()) {
            var negated = values.negates("gratuitous");
            and(frame -> isForFour(arp(frame))
                    && arp(frame).senderIp().equals(arp(frame).targetIp()) != negated);
        }
    }

    private void arpAddress(String name, Function<Payload.Arp, IpAddress> address) {
        values.subnet(name, "").ifPresent(subnet -> {
            var negated = values.negates(name);
            and(frame -> isForFour(arp(frame)) && subnet.contains(address.apply(arp(frame))) != negated);
        });
    }

    /** The kernel checks addresses in ARP only if they are IPv4 addresses (ebt_arp). */
    private static boolean isForFour(Payload.Arp arp) {
        return arp.protocol() == EtherType.IPV4;
    }

    private void packet(int type) {
        and(frame -> frame.outerType() == type && frame.payload() instanceof Payload.Ip);
        address("srcipaddr", "srcipmask", reversed);
        address("dstipaddr", "dstipmask", !reversed);
        number("protocol", frame -> ip(frame).transport().protocol());
        ports("srcportstart", "srcportend", reversed);
        ports("dstportstart", "dstportend", !reversed);
    }

    private void address(String name, String mask, boolean isDestination) {
        values.subnet(name, mask).ifPresent(subnet -> {
            var negated = values.negates(name);
            and(frame -> subnet.contains(
                            isDestination ? ip(frame).destination() : ip(frame).source())
                    != negated);
        });
    }

    private void ports(String first, String last, boolean isDestination) {
        var low = values.number(first);
        if (low.isEmpty()) {
            return;
        }
        requireProtocol(WITH_PORTS, "ports");
        var high = values.number(last).orElse(low.getAsLong());
        values.requireOrder(first, low.getAsLong(), high);
        var negated = values.negates(first);
        and(frame -> {
            var port = PortMatch.of(ip(frame).transport(), isDestination);
            return port.isPresent() && (port.getAsInt() >= low.getAsLong() && port.getAsInt() <= high) != negated;
        });
    }

    /** A range of types and a range of codes. A missing start is 0; a missing end is the start, or 255. */
    private void messages() {
        var hasType = values.has("type");
        var hasCode = values.has("code");
        if (!hasType && !hasCode && !values.has("typeend") && !values.has("codeend")) {
            return;
        }
        requireProtocol(Set.of(58L), "types of messages");
        var type = values.number("type").orElse(0);
        var lastType = values.number("typeend").orElse(hasType ? type : ANY_NUMBER);
        var code = values.number("code").orElse(0);
        var lastCode = values.number("codeend").orElse(hasCode ? code : ANY_NUMBER);
        values.requireOrder("type", type, lastType);
        values.requireOrder("code", code, lastCode);
        var negated = values.negates("type");
        and(frame -> ip(frame).transport() instanceof Transport.Icmp icmp
                && icmp.protocol() == Transport.ICMPV6
                && (icmp.type() >= type && icmp.type() <= lastType && icmp.code() >= code && icmp.code() <= lastCode)
                        != negated);
    }

    /**
     * The kernel accepts a condition on a packet's contents only with a condition on its protocol (ebt_ip, ebt_ip6).
     */
    private void requireProtocol(Set<Long> protocols, String what) {
        var protocol = values.number("protocol");
        if (protocol.isEmpty() || values.negates("protocol") || !protocols.contains(protocol.getAsLong())) {
            throw new UnusableFilterException("The rule '" + values.rule() + "' names " + what
                    + " and no protocol that has them, which ebtables refuses.");
        }
    }

    private void mac(String name, String mask, Function<Frame, MacAddress> address) {
        values.mac(name).ifPresent(wanted -> {
            var bits = values.mac(mask).map(MacAddress::bits).orElse(-1L);
            var negated = values.negates(name);
            and(frame -> (((address.apply(frame).bits() ^ wanted.bits()) & bits) == 0) != negated);
        });
    }

    private void number(String name, Function<Frame, Integer> field) {
        var wanted = values.number(name);
        if (wanted.isPresent()) {
            var negated = values.negates(name);
            and(frame -> (field.apply(frame) == wanted.getAsLong()) != negated);
        }
    }

    private void and(Predicate<Frame> more) {
        all = all.and(more);
    }

    /** Called only if the frame is known to contain ARP. */
    private static Payload.Arp arp(Frame frame) {
        return (Payload.Arp) frame.payload();
    }

    /** Called only if the frame is known to contain an IP packet. */
    private static Payload.Ip ip(Frame frame) {
        return (Payload.Ip) frame.payload();
    }
}
