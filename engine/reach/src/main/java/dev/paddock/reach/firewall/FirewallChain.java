package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.List;

/** A firewall chain: lines that are evaluated in order. */
record FirewallChain(List<ChainRule> lines) {
    static final FirewallChain EMPTY = new FirewallChain(List.of());

    FirewallChain {
        lines = List.copyOf(lines);
    }

    /** Return the verdict of this chain on a frame. */
    ChainVerdict judge(Frame frame) {
        for (var line : lines) {
            if (!line.matches().test(frame)) {
                continue;
            }
            switch (line) {
                case ChainRule.Jump jump -> {
                    var inner = jump.to().judge(frame);
                    var isBack = inner instanceof ChainVerdict.Returned
                            || (jump.comesBack() && inner instanceof ChainVerdict.Unjudged);
                    if (!isBack) {
                        return inner;
                    }
                }
                case ChainRule.Decision decision -> {
                    switch (decision.target()) {
                        case ACCEPT -> {
                            return new ChainVerdict.Accepted(decision.origin());
                        }
                        case DROP, REJECT -> {
                            return new ChainVerdict.Dropped(decision.origin());
                        }
                        case RETURN -> {
                            return new ChainVerdict.Returned(decision.origin());
                        }
                        case CONTINUE -> {}
                    }
                }
            }
        }
        return new ChainVerdict.Unjudged();
    }
}
