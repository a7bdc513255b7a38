package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.Optional;

/** The firewall of the host for one interface. */
public sealed interface Firewall permits IptablesFirewall, NftablesFirewall {
    /** The firewall of an interface that names no filter. */
    Firewall NONE = new IptablesFirewall(FirewallChain.EMPTY, FirewallChain.EMPTY, Optional.empty(), Optional.empty());

    /** The path of a packet through the host's chains for packets. */
    enum Way {
        /** From the VM to somewhere else: FI. */
        FROM_GUEST,
        /** Across the bridge to the VM: FO. */
        TO_GUEST,
        /** From the VM to the host itself: HI. */
        TO_HOST
    }

    /** Return the verdict on a frame that the VM sends, where it enters the bridge. */
    ChainVerdict sends(Frame frame);

    /** Return the verdict on a frame to the VM, where it leaves the bridge. */
    ChainVerdict receives(Frame frame);

    /** Return the verdict of packet rules on a packet from the VM to somewhere beyond the host. */
    ChainVerdict chooses(Frame frame);

    /** Return whether the host's packet chains have rules of this interface for the frame's address family. */
    boolean looksAtPackets(Frame frame);

    /**
     * Return the verdict of the host's packet chains on the packet in a frame. A frame without a packet does not reach
     * them.
     */
    ChainVerdict packet(Frame frame, Way way);
}
