package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.List;

/**
 * The chains of one interface in nft. Both tables are evaluated, the one for frames first: the second may drop what the
 * first accepts.
 *
 * @param fromGuest at prerouting, which sees what the VM sends before the bridge knows the destination
 * @param toGuest at postrouting, which sees everything that reaches the VM, including traffic that the host sends or
 *     routes
 */
record NftablesFirewall(List<FirewallChain> fromGuest, List<FirewallChain> toGuest) implements Firewall {
    NftablesFirewall {
        fromGuest = List.copyOf(fromGuest);
        toGuest = List.copyOf(toGuest);
    }

    @Override
    public ChainVerdict sends(Frame frame) {
        return judge(fromGuest, frame);
    }

    @Override
    public ChainVerdict receives(Frame frame) {
        return judge(toGuest, frame);
    }

    private static ChainVerdict judge(List<FirewallChain> tables, Frame frame) {
        ChainVerdict last = new ChainVerdict.Unjudged();
        for (var table : tables) {
            var here = table.judge(frame);
            if (here instanceof ChainVerdict.Dropped) {
                return here;
            }
            if (!(here instanceof ChainVerdict.Unjudged)) {
                last = here;
            }
        }
        return last;
    }

    @Override
    public ChainVerdict chooses(Frame frame) {
        return fromGuest.getLast().judge(frame);
    }

    /** nft adds nothing to the host's packet chains. */
    @Override
    public boolean looksAtPackets(Frame frame) {
        return false;
    }

    @Override
    public ChainVerdict packet(Frame frame, Way way) {
        return new ChainVerdict.Unjudged();
    }
}
