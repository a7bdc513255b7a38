package dev.paddock.reach.firewall;

import dev.paddock.api.net.IpAddress;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.nwfilter.document.FilterRule.Verb;
import dev.paddock.reach.match.PacketMatches;
import dev.paddock.reach.match.PortMatch;
import dev.paddock.reach.match.RuleValues;
import dev.paddock.reach.match.UnusableFilterException;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The conditions of packet rules, as nftablesHandleInetRule writes them for nft. */
final class NftablesPacketMatches {
    private static final List<String> FIRST = List.of("NEW", "ESTABLISHED");
    private static final List<String> REPLIES = List.of("ESTABLISHED");

    private final RuleValues values;
    private final FilterRule rule;
    /** Whether source and destination are swapped, as in the line for replies. */
    private final boolean reversed;

    private Predicate<Payload.Ip> packet = ip -> true;
    private Predicate<Frame> frame = any -> true;

    private NftablesPacketMatches(RuleValues values, boolean reversed) {
        this.values = values;
        this.rule = values.rule();
        this.reversed = reversed;
    }

    /** Return whether a rule is for connections in some state, instead of for all that it matches. */
    static boolean asksState(FilterRule rule) {
        return rule.matchesState() && (!rule.states().isEmpty() || rule.action() == Verb.ACCEPT);
    }

    /**
     * Return the condition of a line.
     *
     * @param isIn whether the line is for what the VM receives
     * @param isReply whether the line is for replies, in the other direction than the rule
     */
    static Predicate<Frame> of(FirewallBackend.Nftables backend, RuleValues values, boolean isIn, boolean isReply) {
        var matches = new NftablesPacketMatches(values, isReply);
        matches.protocol();
        matches.sender();
        matches.header();
        matches.transport();
        // Towards the VM, libvirt leaves the limit out, and the rule applies without it.
        var limit = isIn ? OptionalLong.empty() : values.number("connlimit-above");
        if (limit.isPresent()) {
            matches.limit(limit.getAsLong());
        }
        if (limit.isPresent() || asksState(matches.rule)) {
            matches.requireTracking(backend);
        }
        if (asksState(matches.rule)) {
            matches.state(limit.isEmpty());
        }
        var packet = matches.packet;
        var frame = matches.frame;
        var isSix = matches.rule.isForSix();
        return each -> each.payload() instanceof Payload.Ip ip
                && each.vlan().isEmpty()
                && ip.source().isSix() == isSix
                && packet.test(ip)
                && frame.test(each);
    }

    private void protocol() {
        PacketMatches.number(rule.protocol().orElseThrow())
                .ifPresent(number -> and(ip -> ip.transport().protocol() == number));
    }

    private void sender() {
        values.mac("srcmacaddr").ifPresent(wanted -> {
            var negated = values.negates("srcmacaddr");
            frame = frame.and(each -> each.source().equals(wanted) != negated);
        });
    }

    private void header() {
        address(
                "srcipaddr",
                "srcipmask",
                "srcipfrom",
                "srcipto",
                reversed ? Payload.Ip::destination : Payload.Ip::source);
        address(
                "dstipaddr",
                "dstipmask",
                "dstipfrom",
                "dstipto",
                reversed ? Payload.Ip::source : Payload.Ip::destination);
        var dscp = values.number("dscp");
        if (dscp.isPresent()) {
            requirePlain("dscp");
            if (rule.isForSix() && !namesAddress()) {
                throw new UnusableFilterException(
                        "The rule '" + rule + "' for IPv6 names a dscp and no address, which libvirt"
                                + " writes as one of IPv4, and nft refuses.");
            }
            and(ip -> ip.service() >> 2 == dscp.getAsLong());
        }
    }

    private boolean namesAddress() {
        return values.has("srcipaddr") || values.has("srcipfrom") || values.has("dstipaddr") || values.has("dstipfrom");
    }

    private void address(String name, String mask, String from, String to, Function<Payload.Ip, IpAddress> address) {
        var subnet = values.subnet(name, mask);
        if (subnet.isPresent()) {
            requirePlain(name);
            var wanted = subnet.get();
            and(ip -> wanted.contains(address.apply(ip)));
            return;
        }
        values.address(from).ifPresent(first -> {
            requirePlain(from);
            var last = values.address(to).orElse(first);
            if (last.compareTo(first) < 0) {
                throw new UnusableFilterException(
                        "The range of " + from + " in the rule '" + rule + "' ends before it starts, and is refused.");
            }
            and(ip ->
                    address.apply(ip).compareTo(first) >= 0 && address.apply(ip).compareTo(last) <= 0);
        });
    }

    /** libvirt writes "!" instead of "!=", which nft rejects. */
    private void requirePlain(String attribute) {
        if (values.negates(attribute)) {
            throw new UnusableFilterException("The rule '" + rule + "' negates " + attribute
                    + ", which libvirt writes for nft in a way that nft refuses.");
        }
    }

    private void transport() {
        switch (rule.protocol().orElse("")) {
            case "tcp", "tcp-ipv6" -> {
                values.text("flags").ifPresent(this::flags);
                if (values.has("option")) {
                    throw new UnusableFilterException("The rule '" + rule
                            + "' names an option of TCP, which libvirt writes for" + " nft in a way that nft refuses.");
                }
                ports();
            }
            case "udp", "udp-ipv6", "sctp", "sctp-ipv6" -> ports();
            case "icmp", "icmpv6" -> message();
            default -> {}
        }
    }

    /** The required flags become a set, of which any one is enough; ALL becomes "*", which means all. */
    private void flags(String text) {
        var halves = text.split("/", 2);
        var mask = PacketMatches.bits(halves[0]);
        var wanted = PacketMatches.bits(halves[1]);
        if (Integer.bitCount(mask) > 1) {
            throw new UnusableFilterException("The rule '" + rule
                    + "' looks at several flags of TCP, which libvirt writes for" + " nft in a way that nft refuses.");
        }
        Set<Integer> choices = new TreeSet<>();
        for (var bit = 1; bit <= wanted; bit <<= 1) {
            if ((wanted & bit) != 0) {
                choices.add(bit);
            }
        }
        if (choices.isEmpty()) {
            choices.add(0);
        }
        var isAny = wanted == PacketMatches.ALL_FLAGS;
        var negated = values.negates("flags");
        and(ip -> ip.transport() instanceof Transport.Tcp tcp
                && (isAny || choices.contains(tcp.flags() & mask)) != negated);
    }

    private void ports() {
        ports("srcportstart", "srcportend", reversed);
        ports("dstportstart", "dstportend", !reversed);
    }

    private void ports(String first, String last, boolean isDestination) {
        var low = values.number(first);
        if (low.isEmpty()) {
            return;
        }
        var high = values.number(last).orElse(low.getAsLong());
        values.requireOrder(first, low.getAsLong(), high);
        var negated = values.negates(first);
        and(ip -> {
            var port = PortMatch.of(ip.transport(), isDestination);
            return port.isPresent() && (port.getAsInt() >= low.getAsLong() && port.getAsInt() <= high) != negated;
        });
    }

    /** With negation, type and code are negated separately. */
    private void message() {
        var type = values.number("type");
        if (type.isEmpty()) {
            return;
        }
        var negated = values.negates("type");
        and(ip -> ip.transport() instanceof Transport.Icmp icmp && (icmp.type() == type.getAsLong()) != negated);
        var code = values.number("code");
        if (code.isPresent()) {
            var negatedCode = values.negates("code");
            and(ip ->
                    ip.transport() instanceof Transport.Icmp icmp && (icmp.code() == code.getAsLong()) != negatedCode);
        }
    }

    private void limit(long limit) {
        requirePlain("connlimit-above");
        // The packets in question belong to the only connection.
        if (1 <= limit) {
            frame = each -> false;
        }
    }

    private void requireTracking(FirewallBackend.Nftables backend) {
        if (!backend.tracksBridges()) {
            throw new UnusableFilterException(
                    "The rule '" + rule + "' asks for connections, and the host's kernel knows none at"
                            + " bridges (\"Could not process rule: Protocol error\"): it lacks nf_conntrack_bridge.");
        }
    }

    private void state(boolean asksDirection) {
        var isOwn = !rule.states().isEmpty() && !rule.states().contains("NONE");
        Set<ConnectionState.State> states = EnumSet.noneOf(ConnectionState.State.class);
        (isOwn ? rule.states() : reversed ? REPLIES : FIRST)
                .forEach(word -> states.add(ConnectionState.State.valueOf(word)));
        frame = frame.and(each -> states.contains(each.tracking().state()));
        if (asksDirection && !rule.protocol().orElse("").startsWith("icmp")) {
            frame = frame.and(
                    each -> each.tracking().hasConnection() && each.tracking().isReply() == reversed);
        }
    }

    private void and(Predicate<Payload.Ip> more) {
        packet = packet.and(more);
    }
}
