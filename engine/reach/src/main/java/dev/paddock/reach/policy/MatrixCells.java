package dev.paddock.reach.policy;

import dev.paddock.reach.matrix.Conversation;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.matrix.VerdictCause;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cells of a matrix by name. */
public final class MatrixCells {
    public static final String LEASE = "lease by DHCP";

    private MatrixCells() {}

    /** The text of a cell, and the cause of its verdict. */
    record Told(String word, VerdictCause cause) {
        static Told of(Conversation conversation) {
            return new Told(OutcomeNames.of(conversation.outcome()), conversation.cause());
        }
    }

    static Map<String, Told> of(ReachMatrix matrix) {
        Map<String, Told> cells = new LinkedHashMap<>();
        matrix.outgoing().forEach(cell -> cells.put(to(cell), Told.of(cell.conversation())));
        matrix.incoming().forEach(cell -> cells.put(from(cell), Told.of(cell.conversation())));
        cells.put(LEASE, Told.of(matrix.lease()));
        matrix.misdeeds()
                .forEach((misdeed, verdict) ->
                        cells.put(misdeed.words(), new Told(verdict.passes() ? "yes" : "no", verdict.cause())));
        return cells;
    }

    public static String to(ReachMatrix.Cell cell) {
        return "to " + cell.peer().name() + " " + cell.traffic();
    }

    public static String from(ReachMatrix.Cell cell) {
        return "from " + cell.peer().name() + " " + cell.traffic();
    }
}
