package dev.paddock.reach.firewall;

import dev.paddock.reach.packet.Frame;
import java.util.function.Predicate;

/** A line of a chain. */
sealed interface ChainRule {
    Predicate<Frame> matches();

    /** A rule, with what happens to what matches. */
    record Decision(Predicate<Frame> matches, Target target, RuleOrigin origin) implements ChainRule {}

    /**
     * A look into another chain, and back when a rule there says so.
     *
     * @param comesBack whether what no line there is for comes back as well, as with nft; with ebtables it is accepted,
     *     which is the policy of a new chain
     */
    record Jump(Predicate<Frame> matches, FirewallChain to, boolean comesBack) implements ChainRule {}

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
