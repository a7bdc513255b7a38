package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.List;

/**
 * The chains of one interface by nft. Both tables are asked, that for frames first: what one accepts the other may still
 * drop.
 *
 * @param fromGuest at prerouting, which sees what the guest sends before the bridge knows where it goes
 * @param toGuest at postrouting, which sees what gets to the guest, the host's own and what it routes as well
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

    /** Nothing of it stands among the host's rules for packets. */
    @Override
    public boolean looksAtPackets(Frame frame) {
        return false;
    }

    @Override
    public ChainVerdict packet(Frame frame, Way way) {
        return new ChainVerdict.Unjudged();
    }
}
