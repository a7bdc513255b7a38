package dev.paddock.nwfilter.firewall;

import dev.paddock.nwfilter.packet.Frame;
import java.util.List;

/**
 * The chains of one interface by nft. Both tables are asked, that for frames first: what one accepts the other may still
 * drop.
 *
 * @param fromGuest at prerouting, which sees what the guest sends before the bridge knows where it goes
 * @param toGuest at postrouting, which sees what gets to the guest, the host's own and what it routes as well
 */
record NftablesFirewall(List<Chain> fromGuest, List<Chain> toGuest) implements Firewall {
    NftablesFirewall {
        fromGuest = List.copyOf(fromGuest);
        toGuest = List.copyOf(toGuest);
    }

    @Override
    public Judgement sends(Frame frame) {
        return judge(fromGuest, frame);
    }

    @Override
    public Judgement receives(Frame frame) {
        return judge(toGuest, frame);
    }

    private static Judgement judge(List<Chain> tables, Frame frame) {
        Judgement last = new Judgement.Unjudged();
        for (var table : tables) {
            var here = table.judge(frame);
            if (here instanceof Judgement.Dropped) {
                return here;
            }
            if (!(here instanceof Judgement.Unjudged)) {
                last = here;
            }
        }
        return last;
    }

    @Override
    public Judgement chooses(Frame frame) {
        return fromGuest.getLast().judge(frame);
    }

    /** Nothing of it stands among the host's rules for packets. */
    @Override
    public boolean looksAtPackets(Frame frame) {
        return false;
    }

    @Override
    public Judgement packet(Frame frame, Way way) {
        return new Judgement.Unjudged();
    }
}
