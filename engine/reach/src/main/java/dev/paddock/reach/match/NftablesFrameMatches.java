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

/** The conditions of rules for frames, as nftablesHandleEthernetRule writes them for nft, including its bugs. */
public final class NftablesFrameMatches {
    private static final Set<String> EXACT = Set.of("type", "flags");
    private static final int NOT_KNOWN = -1;

    private final RuleValues values;
    private final boolean reversed;
    private Predicate<Frame> all = frame -> true;

    private NftablesFrameMatches(RuleValues values, boolean reversed) {
        this.values = values;
        this.reversed = reversed;
    }

    public static Predicate<Frame> of(RuleValues values, boolean reversed) {
        var matches = new NftablesFrameMatches(values, reversed);
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
                number("vlanid", frame -> frame.vlan().orElse(NOT_KNOWN));
                number("encap-protocol", Frame::type);
            }
            case "stp" -> bridging();
            case "arp" -> arp();
            case "rarp" -> rarp();
            case "ip" -> {
                ethernet();
                packet(EtherType.IPV4);
                // A negated protocol also negates the condition on IPv4, so nothing matches.
                if (values.negates("protocol")) {
                    and(frame -> false);
                }
                number("dscp", frame -> ip(frame).service() >> 2);
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
        masked("srcmacaddr", "srcmacmask", reversed ? Frame::destination : Frame::source);
        masked("dstmacaddr", "dstmacmask", reversed ? Frame::source : Frame::destination);
    }

    /** libvirt applies the mask to the address of the frame only. */
    private void masked(String name, String mask, Function<Frame, MacAddress> address) {
        values.mac(name).ifPresent(wanted -> {
            var bits = values.mac(mask).map(MacAddress::bits).orElse(-1L);
            var negated = values.negates(name);
            and(frame -> ((address.apply(frame).bits() & bits) == wanted.bits()) != negated);
        });
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
                // If there is a mask, libvirt uses the address as the mask.
                var mask = values.has(name + "-mask") ? wanted : -1L;
                field(name, number -> (number & mask) == wanted, values.negates(name));
            } else if (EXACT.contains(name)) {
                var wanted = values.number(name).orElseThrow();
                field(name, number -> number == wanted, values.negates(name));
            } else if (!name.endsWith("-mask")
                    && !name.endsWith("-hi")
                    && !name.equals("comment")
                    && !name.startsWith("srcmac")
                    && !name.startsWith("dstmac")) {
                var low = values.number(name).orElseThrow();
                var high = values.number(name + "-hi").orElse(low);
                values.requireOrder(name, low, high);
                // libvirt swaps "==" and "!=".
                field(name, number -> number >= low && number <= high, !values.negates(name));
            }
        }
    }

    private void field(String name, LongPredicate holds, boolean negated) {
        and(frame -> frame.payload() instanceof Payload.Bridging unit
                && unit.fields().containsKey(name)
                && holds.test(unit.fields().get(name)) != negated);
    }

    private void arp() {
        ethernet();
        isArp(EtherType.ARP);
        number("hwtype", frame -> arp(frame).hardware());
        number("protocoltype", frame -> arp(frame).protocol());
        number("opcode", frame -> arp(frame).operation());
        arpAddress("arpsrcipaddr", "arpsrcipmask", reversed ? Payload.Arp::targetIp : Payload.Arp::senderIp);
        // If the destination has no mask, libvirt uses that of the source.
        arpAddress(
                "arpdstipaddr",
                values.has("arpdstipmask") ? "arpdstipmask" : "arpsrcipmask",
                reversed ? Payload.Arp::senderIp : Payload.Arp::targetIp);
        arpMac("arpsrcmacaddr", reversed ? Payload.Arp::targetMac : Payload.Arp::senderMac);
        arpMac("arpdstmacaddr", reversed ? Payload.Arp::senderMac : Payload.Arp::targetMac);
        if (isGratuitous()) {
            var negated = values.negates("gratuitous");
            // libvirt compares the octets one by one. With negation, all of them must differ.
            and(frame -> {
                var sender = arp(frame).senderIp().octets();
                var target = arp(frame).targetIp().octets();
                for (var i = 0; i < sender.length; i++) {
                    if ((sender[i] == target[i]) == negated) {
                        return false;
                    }
                }
                return true;
            });
        }
    }

    private boolean isGratuitous() {
        return values.text("gratuitous").filter("true"::equals).isPresent();
    }

    /** nft does not know RARP, so libvirt counts bits, and never swaps source and destination. */
    private void rarp() {
        ethernet();
        isArp(EtherType.RARP);
        number("hwtype", frame -> arp(frame).hardware());
        // libvirt looks for the protocol type at the position of the address length and the first half of the
        // operation.
        number("protocoltype", frame -> 4 << 8 | arp(frame).operation() >> 8);
        number("opcode", frame -> arp(frame).operation());
        rarpAddress("arpsrcipaddr", "arpsrcipmask", Payload.Arp::senderIp);
        rarpAddress("arpdstipaddr", "arpdstipmask", Payload.Arp::targetIp);
        arpMac("arpsrcmacaddr", Payload.Arp::senderMac);
        arpMac("arpdstmacaddr", Payload.Arp::targetMac);
        if (isGratuitous()) {
            throw new UnusableFilterException(
                    "The rule '" + values.rule() + "' asks for gratuitous RARP, which nft refuses.");
        }
    }

    private void isArp(int type) {
        and(frame -> frame.outerType() == type && frame.payload() instanceof Payload.Arp);
    }

    private void arpAddress(String name, String mask, Function<Payload.Arp, IpAddress> address) {
        values.subnet(name, mask).ifPresent(subnet -> {
            var negated = values.negates(name);
            and(frame -> subnet.contains(address.apply(arp(frame))) != negated);
        });
    }

    /** libvirt compares as many bits as the mask has with all 32 bits of the address. */
    private void rarpAddress(String name, String mask, Function<Payload.Arp, IpAddress> address) {
        values.subnet(name, mask).ifPresent(subnet -> {
            var wanted = subnet.first().low();
            var bits = subnet.prefix();
            if (bits < 32 && wanted >>> bits != 0) {
                throw new UnusableFilterException("The rule '" + values.rule() + "' gives " + name
                        + " a mask, which libvirt writes for nft in a way that nft refuses.");
            }
            var negated = values.negates(name);
            and(frame -> (address.apply(arp(frame)).low() >>> (32 - bits) == wanted) != negated);
        });
    }

    private void arpMac(String name, Function<Payload.Arp, MacAddress> address) {
        values.mac(name).ifPresent(wanted -> {
            var negated = values.negates(name);
            and(frame -> address.apply(arp(frame)).equals(wanted) != negated);
        });
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
        var high = values.number(last).orElse(low.getAsLong());
        values.requireOrder(first, low.getAsLong(), high);
        var negated = values.negates(first);
        and(frame -> {
            var port = PortMatch.of(ip(frame).transport(), isDestination).orElse(NOT_KNOWN);
            return (port >= low.getAsLong() && port <= high) != negated;
        });
    }

    /** libvirt leaves out the ends of ranges. */
    private void messages() {
        var isNamed = values.has("type") || values.has("code");
        var protocol = values.number("protocol");
        if (isNamed
                && protocol.isPresent()
                && !values.negates("protocol")
                && protocol.getAsLong() != Transport.ICMPV6) {
            throw new UnusableFilterException("The rule '" + values.rule()
                    + "' names types of messages and another protocol than ICMPv6, which nft refuses.");
        }
        message("type", Transport.Icmp::type);
        message("code", Transport.Icmp::code);
    }

    private void message(String name, Function<Transport.Icmp, Integer> field) {
        var wanted = values.number(name);
        if (wanted.isPresent()) {
            var negated = values.negates(name);
            and(frame -> ip(frame).transport() instanceof Transport.Icmp icmp
                    && icmp.protocol() == Transport.ICMPV6
                    && (field.apply(icmp) == wanted.getAsLong()) != negated);
        }
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
