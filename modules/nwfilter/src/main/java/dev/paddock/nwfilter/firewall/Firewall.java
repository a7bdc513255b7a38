package dev.paddock.nwfilter.firewall;

import dev.paddock.nwfilter.packet.Frame;
import java.util.Optional;

/**
 * What stands in the host's firewall for one interface.
 *
 * @param fromGuest the chain of ebtables for what the guest sends
 * @param toGuest the chain of ebtables for what is sent to it
 * @param four the chains of iptables, where a rule is for IPv4 packets
 * @param six the chains of ip6tables, where a rule is for IPv6 packets
 */
public record Firewall(Chain fromGuest, Chain toGuest, Optional<PacketChains> four, Optional<PacketChains> six) {
    /** The firewall of an interface that names no filter. */
    public static final Firewall NONE = new Firewall(Chain.EMPTY, Chain.EMPTY, Optional.empty(), Optional.empty());

    /** A way of a packet through the chains for packets. */
    public enum Way {
        /** From the guest on to elsewhere: FI. */
        FROM_GUEST,
        /** Over the bridge to the guest: FO. */
        TO_GUEST,
        /** From the guest to the host itself: HI. */
        TO_HOST
    }

    /** Return what ebtables does with a frame that the guest sends. */
    public Judgement sends(Frame frame) {
        return fromGuest.judge(frame);
    }

    /** Return what ebtables does with a frame that is sent to the guest. */
    public Judgement receives(Frame frame) {
        return toGuest.judge(frame);
    }

    /** Return whether there are chains for packets of the frame's family at all. */
    public boolean looksAtPackets(Frame frame) {
        return chains(frame).isPresent();
    }

    /** Return what iptables or ip6tables does with the packet in a frame. What is no packet passes it by. */
    public Judgement packet(Frame frame, Way way) {
        var chains = chains(frame);
        if (chains.isEmpty()) {
            return new Judgement.Unjudged();
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
