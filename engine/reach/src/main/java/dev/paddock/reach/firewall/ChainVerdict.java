package dev.paddock.reach.firewall;

/** What became of a frame in a chain. */
public sealed interface ChainVerdict {
    record Accepted(RuleOrigin by) implements ChainVerdict {}

    record Dropped(RuleOrigin by) implements ChainVerdict {}

    /** The chain was left by a rule, and whatever comes after it decides. */
    record Returned(RuleOrigin by) implements ChainVerdict {}

    /** No rule of the chain was for it. */
    record Unjudged() implements ChainVerdict {}
}
