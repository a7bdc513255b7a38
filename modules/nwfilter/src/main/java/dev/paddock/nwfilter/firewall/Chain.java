package dev.paddock.nwfilter.firewall;

import dev.paddock.nwfilter.packet.Frame;
import java.util.List;

/** Lines that are asked in order. */
record Chain(List<Line> lines) {
    static final Chain EMPTY = new Chain(List.of());

    Chain {
        lines = List.copyOf(lines);
    }

    /** Return what becomes of a frame here. */
    Judgement judge(Frame frame) {
        for (var line : lines) {
            if (!line.matches().test(frame)) {
                continue;
            }
            switch (line) {
                case Line.Jump jump -> {
                    var inner = jump.to().judge(frame);
                    var isBack = inner instanceof Judgement.Returned
                            || (jump.comesBack() && inner instanceof Judgement.Unjudged);
                    if (!isBack) {
                        return inner;
                    }
                }
                case Line.Decision decision -> {
                    switch (decision.target()) {
                        case ACCEPT -> {
                            return new Judgement.Accepted(decision.origin());
                        }
                        case DROP, REJECT -> {
                            return new Judgement.Dropped(decision.origin());
                        }
                        case RETURN -> {
                            return new Judgement.Returned(decision.origin());
                        }
                        case CONTINUE -> {}
                    }
                }
            }
        }
        return new Judgement.Unjudged();
    }
}
