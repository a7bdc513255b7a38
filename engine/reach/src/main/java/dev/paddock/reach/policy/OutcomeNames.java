package dev.paddock.reach.policy;

import dev.paddock.reach.matrix.Conversation;

/** The names of outcomes. */
public final class OutcomeNames {
    public static final String LEGEND =
            "yes: gets there, and an answer back; half: gets there, and no answer back; no: is stopped."
                    + " The number says by what.";

    private OutcomeNames() {}

    public static String of(Conversation.Outcome outcome) {
        return switch (outcome) {
            case OPEN -> "yes";
            case ONE_WAY -> "half";
            case CLOSED -> "no";
        };
    }
}
