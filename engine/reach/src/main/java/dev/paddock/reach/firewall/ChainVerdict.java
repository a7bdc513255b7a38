package dev.paddock.reach.firewall;

/** The verdict of a chain on a frame. */
public sealed interface ChainVerdict {
    record Accepted(RuleOrigin by) implements ChainVerdict {}

    record Dropped(RuleOrigin by) implements ChainVerdict {}

    /** A rule leaves the chain; what follows decides. */
    record Returned(RuleOrigin by) implements ChainVerdict {}

    /** No rule of the chain matches. */
    record Unjudged() implements ChainVerdict {}
}
