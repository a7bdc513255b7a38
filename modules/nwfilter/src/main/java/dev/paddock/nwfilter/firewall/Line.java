package dev.paddock.nwfilter.firewall;

import dev.paddock.nwfilter.packet.Frame;
import java.util.function.Predicate;

/** A line of a chain. */
sealed interface Line {
    Predicate<Frame> matches();

    /** A rule, with what happens to what matches. */
    record Decision(Predicate<Frame> matches, Target target, Origin origin) implements Line {}

    /** A look into another chain, and back when a rule there says so. */
    record Jump(Predicate<Frame> matches, Chain to) implements Line {}

    /** What happens to a frame that matches. */
    enum Target {
        ACCEPT,
        DROP,
        REJECT,
        /** Leave this chain. */
        RETURN,
        CONTINUE
    }
}
