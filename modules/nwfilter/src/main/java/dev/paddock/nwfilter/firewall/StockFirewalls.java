package dev.paddock.nwfilter.firewall;

import dev.paddock.nwfilter.FilterRule;
import dev.paddock.nwfilter.FilterRule.Direction;
import dev.paddock.nwfilter.FilterRule.Verb;
import dev.paddock.nwfilter.packet.EtherType;
import dev.paddock.nwfilter.packet.Frame;
import dev.paddock.nwfilter.packet.IpAddress;
import dev.paddock.nwfilter.packet.MacAddress;
import dev.paddock.nwfilter.packet.Payload;
import dev.paddock.nwfilter.packet.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The firewalls that libvirt puts up by itself while it learns a guest's address. */
final class StockFirewalls {
    private StockFirewalls() {}

    /**
     * Only frames from the guest are looked at, for their sender and kind (ebtablesApplyBasicRules). By nft a frame of any
     * other kind passes as well: the last rule of nftablesApplyBasicRules accepts.
     */
    static Firewall untilFirstPacket(MacAddress mac, Backend backend) {
        return firewall(
                backend,
                new Chain(List.of(
                        drop(frame -> !frame.source().equals(mac)),
                        accept(frame -> frame.outerType() == EtherType.IPV4),
                        accept(frame -> frame.outerType() == EtherType.ARP),
                        switch (backend) {
                            case Backend.Iptables iptables -> drop(frame -> true);
                            case Backend.Nftables nftables -> accept(frame -> true);
                        })),
                Chain.EMPTY);
    }

    /**
     * DHCP alone passes, from these servers where some are named (ebtablesApplyDHCPOnlyRules,
     * nftablesApplyDHCPOnlyRules).
     */
    static Firewall untilLease(MacAddress mac, List<String> servers, Backend backend) {
        var known =
                servers.stream().flatMap(text -> IpAddress.parse(text).stream()).toList();
        Predicate<Frame> asks = frame -> frame.source().equals(mac) && isDhcp(frame, 68, 67);
        Predicate<Frame> answers =
                frame -> (frame.destination().equals(mac) || frame.destination().equals(MacAddress.BROADCAST))
                        && isDhcp(frame, 67, 68)
                        && (known.isEmpty()
                                || frame.packet()
                                        .filter(ip -> known.contains(ip.source()))
                                        .isPresent());
        return firewall(
                backend,
                new Chain(List.of(accept(asks), drop(frame -> true))),
                new Chain(List.of(accept(answers), drop(frame -> true))));
    }

    private static Firewall firewall(Backend backend, Chain fromGuest, Chain toGuest) {
        return switch (backend) {
            case Backend.Iptables iptables ->
                new IptablesFirewall(fromGuest, toGuest, Optional.empty(), Optional.empty());
            case Backend.Nftables nftables -> new NftablesFirewall(List.of(fromGuest), List.of(toGuest));
        };
    }

    private static boolean isDhcp(Frame frame, int from, int to) {
        return frame.packet()
                .map(Payload.Ip::transport)
                .filter(transport -> transport instanceof Transport.Datagram udp
                        && udp.protocol() == Transport.UDP
                        && udp.source() == from
                        && udp.destination() == to)
                .isPresent();
    }

    private static Line accept(Predicate<Frame> matches) {
        return new Line.Decision(matches, Line.Target.ACCEPT, origin(Verb.ACCEPT));
    }

    private static Line drop(Predicate<Frame> matches) {
        return new Line.Decision(matches, Line.Target.DROP, origin(Verb.DROP));
    }

    private static Origin origin(Verb action) {
        return new Origin(
                "libvirt, while it learns the address",
                new FilterRule(1, action, Direction.OUT, 0, false, Optional.empty(), Map.of(), Set.of(), List.of()));
    }
}
