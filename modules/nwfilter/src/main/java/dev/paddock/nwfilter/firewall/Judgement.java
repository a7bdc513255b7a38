package dev.paddock.nwfilter.firewall;

/** What became of a frame in a chain. */
public sealed interface Judgement {
    record Accepted(Origin by) implements Judgement {}

    record Dropped(Origin by) implements Judgement {}

    /** The chain was left by a rule, and whatever comes after it decides. */
    record Returned(Origin by) implements Judgement {}

    /** No rule of the chain was for it. */
    record Unjudged() implements Judgement {}

    /** Return whether no other chain is asked. */
    default boolean isFinal() {
        return switch (this) {
            case Accepted accepted -> true;
            case Dropped dropped -> true;
            case Returned returned -> false;
            case Unjudged unjudged -> false;
        };
    }
}
