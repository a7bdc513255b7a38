package dev.paddock.nwfilter.firewall;

/** What became of a frame in a chain. */
public sealed interface Judgement {
    record Accepted(Origin by) implements Judgement {}

    record Dropped(Origin by) implements Judgement {}

    /** The chain was left by a rule, and whatever comes after it decides. */
    record Returned(Origin by) implements Judgement {}

    /** No rule of the chain was for it. */
    record Unjudged() implements Judgement {}
}
