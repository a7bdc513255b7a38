package dev.paddock.cli.reach;

import dev.paddock.nwfilter.reach.Cause;
import dev.paddock.nwfilter.reach.Conversation;
import dev.paddock.nwfilter.reach.Matrix;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cells of a matrix, each by what it is called. */
final class Cells {
    static final String LEASE = "lease by DHCP";

    private Cells() {}

    /** What a cell says, and what decided. */
    record Told(String word, Cause cause) {
        static Told of(Conversation conversation) {
            return new Told(Words.of(conversation.outcome()), conversation.cause());
        }
    }

    static Map<String, Told> of(Matrix matrix) {
        Map<String, Told> cells = new LinkedHashMap<>();
        matrix.outgoing().forEach(cell -> cells.put(to(cell), Told.of(cell.conversation())));
        matrix.incoming().forEach(cell -> cells.put(from(cell), Told.of(cell.conversation())));
        cells.put(LEASE, Told.of(matrix.lease()));
        matrix.misdeeds()
                .forEach((misdeed, verdict) ->
                        cells.put(misdeed.words(), new Told(verdict.passes() ? "yes" : "no", verdict.cause())));
        return cells;
    }

    static String to(Matrix.Cell cell) {
        return "to " + cell.peer().name() + " " + cell.traffic();
    }

    static String from(Matrix.Cell cell) {
        return "from " + cell.peer().name() + " " + cell.traffic();
    }
}
