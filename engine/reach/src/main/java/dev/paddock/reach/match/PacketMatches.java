package dev.paddock.reach.match;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.nwfilter.document.FilterRule.Direction;
import dev.paddock.nwfilter.document.FilterRule.Verb;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The conditions of rules for packets, as _iptablesCreateRuleInstance writes them for iptables and ip6tables. */
public final class PacketMatches {
    public static final int ALL_FLAGS = 63;

    private static final Map<String, Integer> FLAGS =
            Map.of("FIN", 1, "SYN", 2, "RST", 4, "PSH", 8, "ACK", 16, "URG", 32, "ALL", ALL_FLAGS, "NONE", 0);

    private final RuleValues values;
    /** Whether the rule's source is the packet's destination. */
    private final boolean isIn;

    private Predicate<Payload.Ip> packet = ip -> true;
    private Predicate<Frame> frame = any -> true;
    /** Whether the condition on the sender's MAC address was left out, because this chain does not know the address. */
    private boolean isSenderLeftOut;

    private boolean isBare = true;

    private PacketMatches(RuleValues values, boolean isIn) {
        this.values = values;
        this.isIn = isIn;
    }

    /**
     * Return the condition of a rule in one chain; absent if libvirt writes no line there.
     *
     * @param isIn whether the chain sees packets against the direction of the rule
     * @param states the connection states of the line; empty for all
     * @param isDefault whether libvirt chose the states, instead of the rule
     * @param maySkipIcmp whether a rule for a type of message applies to the other direction only
     */
    public static Optional<Predicate<Frame>> of(
            RuleValues values, boolean isIn, List<String> states, boolean isDefault, boolean maySkipIcmp) {
        var rule = values.rule();
        var matches = new PacketMatches(values, isIn);
        matches.protocol(rule.protocol().orElseThrow());
        matches.sender();
        matches.header();
        var hasType = matches.hasMessageType();
        if (hasType && maySkipIcmp) {
            return Optional.empty();
        }
        matches.transport();
        var limits = values.number("connlimit-above");
        if ((matches.isSenderLeftOut && matches.isBare) || (limits.isPresent() && isIn)) {
            return Optional.empty();
        }
        // A rule that drops has no condition on states that libvirt chose.
        var asks = rule.action() == Verb.ACCEPT ? limits.isEmpty() : !isDefault;
        if (!states.isEmpty() && asks) {
            matches.states(states);
            if (isDefault && !hasType && rule.direction() != Direction.INOUT) {
                matches.frame = matches.frame.and(each ->
                        each.tracking().hasConnection() && each.tracking().isReply() == isIn);
            }
        }
        if (limits.isPresent()) {
            // The packets in question belong to the only connection.
            var holds = 1 > limits.getAsLong();
            if (holds == values.negates("connlimit-above")) {
                matches.frame = each -> false;
            }
        }
        if (values.has("ipset")) {
            throw new UnusableFilterException(
                    "The rule '" + rule + "' looks into an ipset, of which only the host knows what is" + " in it.");
        }
        var packet = matches.packet;
        var frame = matches.frame;
        return Optional.of(each -> each.payload() instanceof Payload.Ip ip
                && each.vlan().isEmpty()
                && packet.test(ip)
                && frame.test(each));
    }

    private void protocol(String name) {
        number(name).ifPresent(number -> packet = ip -> ip.transport().protocol() == number);
    }

    /** Return the number of the protocol that a rule is for; absent for all protocols. */
    public static OptionalInt number(String protocol) {
        var base = protocol.endsWith("-ipv6") ? protocol.substring(0, protocol.length() - 5) : protocol;
        return switch (base) {
            case "tcp" -> OptionalInt.of(Transport.TCP);
            case "udp" -> OptionalInt.of(Transport.UDP);
            case "sctp" -> OptionalInt.of(Transport.SCTP);
            case "icmp" -> OptionalInt.of(Transport.ICMP);
            case "icmpv6" -> OptionalInt.of(Transport.ICMPV6);
            case "igmp" -> OptionalInt.of(2);
            case "esp" -> OptionalInt.of(50);
            case "ah" -> OptionalInt.of(51);
            case "udplite" -> OptionalInt.of(136);
            case "all" -> OptionalInt.empty();
            default -> throw new UnusableFilterException("libvirt knows no protocol '" + protocol + "'.");
        };
    }

    private void sender() {
        values.mac("srcmacaddr").ifPresent(wanted -> {
            if (isIn) {
                isSenderLeftOut = true;
                return;
            }
            isBare = false;
            var negated = values.negates("srcmacaddr");
            frame = frame.and(each -> isFrom(each, wanted) != negated);
        });
    }

    private static boolean isFrom(Frame each, MacAddress wanted) {
        return each.source().equals(wanted);
    }

    private void header() {
        address("srcipaddr", "srcipmask", "srcipfrom", "srcipto", isIn ? Payload.Ip::destination : Payload.Ip::source);
        address("dstipaddr", "dstipmask", "dstipfrom", "dstipto", isIn ? Payload.Ip::source : Payload.Ip::destination);
        var dscp = values.number("dscp");
        if (dscp.isPresent()) {
            var negated = values.negates("dscp");
            and(ip -> ((ip.service() >> 2) == dscp.getAsLong()) != negated);
        }
    }

    /** A range counts only if no address is given. */
    private void address(String name, String mask, String from, String to, Function<Payload.Ip, IpAddress> address) {
        var subnet = values.subnet(name, mask);
        if (subnet.isPresent()) {
            var wanted = subnet.get();
            var negated = values.negates(name);
            and(ip -> wanted.contains(address.apply(ip)) != negated);
            return;
        }
        values.address(from).ifPresent(first -> {
            var last = values.address(to).orElse(first);
            var negated = values.negates(from);
            and(ip -> (address.apply(ip).compareTo(first) >= 0
                            && address.apply(ip).compareTo(last) <= 0)
                    != negated);
        });
    }

    private boolean hasMessageType() {
        return values.rule().protocol().filter(name -> name.startsWith("icmp")).isPresent() && values.has("type");
    }

    private void transport() {
        switch (values.rule().protocol().orElse("")) {
            case "tcp", "tcp-ipv6" -> {
                values.text("flags").ifPresent(this::flags);
                ports();
                option();
            }
            case "udp", "udp-ipv6", "sctp", "sctp-ipv6" -> ports();
            case "icmp", "icmpv6" -> message();
            default -> {}
        }
    }

    private void flags(String text) {
        var halves = text.split("/", 2);
        var mask = bits(halves[0]);
        var wanted = bits(halves[1]);
        var negated = values.negates("flags");
        and(ip -> ip.transport() instanceof Transport.Tcp tcp && ((tcp.flags() & mask) == wanted) != negated);
    }

    /** Return the bits of a list of flags. */
    public static int bits(String list) {
        var bits = 0;
        for (var flag : list.split(",", -1)) {
            bits |= FLAGS.getOrDefault(flag, 0);
        }
        return bits;
    }

    private void option() {
        var option = values.number("option");
        if (option.isPresent()) {
            if (option.getAsLong() == 0) {
                throw new UnusableFilterException(
                        "iptables knows no option 0 of TCP, which the rule '" + values.rule() + "' names.");
            }
            var negated = values.negates("option");
            and(ip -> ip.transport() instanceof Transport.Tcp tcp
                    && tcp.options().contains((int) option.getAsLong()) != negated);
        }
    }

    private void ports() {
        ports("srcportstart", "srcportend", isIn);
        ports("dstportstart", "dstportend", !isIn);
    }

    private void ports(String first, String last, boolean isDestination) {
        var low = values.number(first);
        if (low.isEmpty()) {
            return;
        }
        var high = values.number(last).orElse(low.getAsLong());
        // The condition is accepted for udp, and matches nothing.
        if (!values.rule().protocol().orElse("").startsWith("udp")) {
            values.requireOrder(first, low.getAsLong(), high);
        }
        var negated = values.negates(first);
        and(ip -> {
            var port = PortMatch.of(ip.transport(), isDestination);
            return port.isPresent() && (port.getAsInt() >= low.getAsLong() && port.getAsInt() <= high) != negated;
        });
    }

    /** The kernel reads the type 255 as all types for ICMP, but not for ICMPv6 (icmp_type_code_match). */
    private void message() {
        var type = values.number("type");
        if (type.isEmpty()) {
            return;
        }
        var isAny = values.rule().protocol().filter("icmp"::equals).isPresent() && type.getAsLong() == 255;
        var code = values.number("code");
        var negated = values.negates("type");
        and(ip -> ip.transport() instanceof Transport.Icmp icmp
                && (isAny || (icmp.type() == type.getAsLong() && (code.isEmpty() || icmp.code() == code.getAsLong())))
                        != negated);
    }

    private void states(List<String> words) {
        Set<ConnectionState.State> states = EnumSet.noneOf(ConnectionState.State.class);
        words.forEach(word -> states.add(ConnectionState.State.valueOf(word)));
        frame = frame.and(each -> states.contains(each.tracking().state()));
    }

    private void and(Predicate<Payload.Ip> more) {
        isBare = false;
        packet = packet.and(more);
    }
}
