package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.Optional;

/**
 * The chains of one interface in ebtables, iptables and ip6tables.
 *
 * @param fromGuest the ebtables chain for what the VM sends
 * @param toGuest the ebtables chain for what the VM receives
 * @param four the iptables chains, if a rule is for IPv4 packets
 * @param six the ip6tables chains, if a rule is for IPv6 packets
 */
record IptablesFirewall(
        FirewallChain fromGuest, FirewallChain toGuest, Optional<PacketChains> four, Optional<PacketChains> six)
        implements Firewall {
    @Override
    public ChainVerdict sends(Frame frame) {
        return fromGuest.judge(frame);
    }

    @Override
    public ChainVerdict receives(Frame frame) {
        return toGuest.judge(frame);
    }

    @Override
    public ChainVerdict chooses(Frame frame) {
        return packet(frame, Way.FROM_GUEST);
    }

    @Override
    public boolean looksAtPackets(Frame frame) {
        return chains(frame).isPresent();
    }

    @Override
    public ChainVerdict packet(Frame frame, Way way) {
        var chains = chains(frame);
        if (chains.isEmpty()) {
            return new ChainVerdict.Unjudged();
        }
        return switch (way) {
            case FROM_GUEST -> chains.get().fromGuest().judge(frame);
            case TO_GUEST -> chains.get().toGuest().judge(frame);
            case TO_HOST -> chains.get().toHost().judge(frame);
        };
    }

    private Optional<PacketChains> chains(Frame frame) {
        return frame.packet().flatMap(packet -> packet.source().isSix() ? six : four);
    }
}
