package dev.paddock.cli.reach;

import dev.paddock.nwfilter.reach.Conversation;

/** How outcomes are called. */
public final class Words {
    public static final String LEGEND =
            "yes: gets there, and an answer back; half: gets there, and no answer back; no: is stopped."
                    + " The number says by what.";

    private Words() {}

    public static String of(Conversation.Outcome outcome) {
        return switch (outcome) {
            case OPEN -> "yes";
            case ONE_WAY -> "half";
            case CLOSED -> "no";
        };
    }
}
