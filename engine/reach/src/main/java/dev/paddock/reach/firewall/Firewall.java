package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.Optional;

/** What stands in the host's firewall for one interface. */
public sealed interface Firewall permits IptablesFirewall, NftablesFirewall {
    /** The firewall of an interface that names no filter. */
    Firewall NONE = new IptablesFirewall(FirewallChain.EMPTY, FirewallChain.EMPTY, Optional.empty(), Optional.empty());

    /** A way of a packet through the host's chains for packets. */
    enum Way {
        /** From the guest on to elsewhere: FI. */
        FROM_GUEST,
        /** Over the bridge to the guest: FO. */
        TO_GUEST,
        /** From the guest to the host itself: HI. */
        TO_HOST
    }

    /** Return what becomes of a frame that the guest sends, where it enters the bridge. */
    ChainVerdict sends(Frame frame);

    /** Return what becomes of a frame that is sent to the guest, where it leaves the bridge. */
    ChainVerdict receives(Frame frame);

    /** Return what rules for packets say of one that the guest sends to somewhere beyond the host. */
    ChainVerdict chooses(Frame frame);

    /** Return whether there are chains among the host's own for packets of the frame's family. */
    boolean looksAtPackets(Frame frame);

    /** Return what the host's chains for packets do with the packet in a frame. What is no packet passes them by. */
    ChainVerdict packet(Frame frame, Way way);
}
