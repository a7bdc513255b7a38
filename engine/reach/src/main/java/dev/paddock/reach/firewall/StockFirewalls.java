package dev.paddock.reach.firewall;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.nwfilter.document.FilterRule.Direction;
import dev.paddock.nwfilter.document.FilterRule.Verb;
import dev.paddock.reach.packet.EtherType;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The firewalls that libvirt sets up while it learns a VM's address. */
final class StockFirewalls {
    private StockFirewalls() {}

    /**
     * Checks only frames from the VM, for their sender and type (ebtablesApplyBasicRules). With nft, frames of all
     * other types pass as well: the last rule of nftablesApplyBasicRules accepts.
     */
    static Firewall untilFirstPacket(MacAddress mac, FirewallBackend backend) {
        return firewall(
                backend,
                new FirewallChain(List.of(
                        drop(frame -> !frame.source().equals(mac)),
                        accept(frame -> frame.outerType() == EtherType.IPV4),
                        accept(frame -> frame.outerType() == EtherType.ARP),
                        switch (backend) {
                            case FirewallBackend.Iptables iptables -> drop(frame -> true);
                            case FirewallBackend.Nftables nftables -> accept(frame -> true);
                        })),
                FirewallChain.EMPTY);
    }

    /**
     * Passes only DHCP, from these servers if some are given (ebtablesApplyDHCPOnlyRules, nftablesApplyDHCPOnlyRules).
     */
    static Firewall untilLease(MacAddress mac, List<String> servers, FirewallBackend backend) {
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
                new FirewallChain(List.of(accept(asks), drop(frame -> true))),
                new FirewallChain(List.of(accept(answers), drop(frame -> true))));
    }

    private static Firewall firewall(FirewallBackend backend, FirewallChain fromGuest, FirewallChain toGuest) {
        return switch (backend) {
            case FirewallBackend.Iptables iptables ->
                new IptablesFirewall(fromGuest, toGuest, Optional.empty(), Optional.empty());
            case FirewallBackend.Nftables nftables -> new NftablesFirewall(List.of(fromGuest), List.of(toGuest));
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

    private static ChainRule accept(Predicate<Frame> matches) {
        return new ChainRule.Decision(matches, ChainRule.Target.ACCEPT, origin(Verb.ACCEPT));
    }

    private static ChainRule drop(Predicate<Frame> matches) {
        return new ChainRule.Decision(matches, ChainRule.Target.DROP, origin(Verb.DROP));
    }

    private static RuleOrigin origin(Verb action) {
        return new RuleOrigin(
                "libvirt, while it learns the address",
                new FilterRule(1, action, Direction.OUT, 0, false, Optional.empty(), Map.of(), Set.of(), List.of()));
    }
}
