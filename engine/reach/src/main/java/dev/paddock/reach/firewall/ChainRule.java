package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.function.Predicate;

/** A line of a firewall chain. */
sealed interface ChainRule {
    Predicate<Frame> matches();

    /** A rule, and the target of the frames that match it. */
    record Decision(Predicate<Frame> matches, Target target, RuleOrigin origin) implements ChainRule {}

    /**
     * Evaluates another chain, and continues here after a RETURN.
     *
     * @param comesBack whether evaluation also continues here if no line matches, as in nft; in ebtables, such a frame
     *     is accepted, by the policy of a new chain
     */
    record Jump(Predicate<Frame> matches, FirewallChain to, boolean comesBack) implements ChainRule {}

    /** What to do with a frame that matches. */
    enum Target {
        ACCEPT,
        DROP,
        REJECT,
        /** Leave this chain. */
        RETURN,
        CONTINUE
    }
}
