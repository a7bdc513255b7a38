package dev.paddock.cli.reach;

import dev.paddock.cli.console.AnsiStyle;
import dev.paddock.reach.matrix.Conversation;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.matrix.VerdictCause;
import dev.paddock.reach.policy.Endpoint;
import dev.paddock.reach.policy.OutcomeNames;
import dev.paddock.reach.probe.PacketTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Formats a matrix for people at a terminal. */
public final class MatrixText {
    private static final int CELL = 9;
    private static final int DEED = 40;

    private final AnsiStyle paint;
    private final List<String> lines = new ArrayList<>();
    private final List<String> causes = new ArrayList<>();

    private MatrixText(AnsiStyle paint) {
        this.paint = paint;
    }

    public static List<String> of(Endpoint standpoint, ReachMatrix matrix, AnsiStyle paint) {
        var text = new MatrixText(paint);
        text.write(standpoint, matrix);
        return text.lines;
    }

    /** Return the result of a packet test of a matrix. */
    public static List<String> of(PacketTest.Result proof) {
        List<String> lines = new ArrayList<>();
        var count = proof.differences().size();
        lines.add("Proved with packets: of " + proof.cells() + " cells "
                + (count == 0 ? "none differs." : count + (count == 1 ? " differs:" : " differ:")));
        proof.differences()
                .forEach(difference -> lines.add(
                        "  " + difference.cell() + ": told " + difference.told() + ", seen " + difference.seen()));
        lines.add("");
        return lines;
    }

    private void write(Endpoint standpoint, ReachMatrix matrix) {
        var guest = matrix.scene().guest();
        lines.add(paint.bold(standpoint.name()) + "  " + standpoint.where()
                + guest.four().map(address -> "; its address is " + address).orElse(""));
        if (!standpoint.assumed().isEmpty()) {
            lines.add("Assumed, as no guest gives it: " + String.join(", ", standpoint.assumed()));
        }
        table("from it to", matrix, matrix.outgoing());
        table("to it from", matrix, matrix.incoming());
        lines.add("");
        lines.add(("  " + pad("it asks for a lease by DHCP", DEED) + cell(matrix.lease())).stripTrailing());
        matrix.misdeeds()
                .forEach((misdeed, verdict) -> lines.add(("  " + pad("it tries " + misdeed.words(), DEED)
                                + cell(verdict.passes() ? "yes" : "no", verdict.cause()))
                        .stripTrailing()));
        lines.add("");
        for (var i = 0; i < causes.size(); i++) {
            lines.add("  %3d  %s".formatted(i + 1, causes.get(i)));
        }
    }

    private void table(String heading, ReachMatrix matrix, List<ReachMatrix.Cell> cells) {
        var width = width(matrix);
        lines.add("");
        var head = new StringBuilder("  ").append(pad(heading, width));
        matrix.traffic().forEach(traffic -> head.append(pad(traffic.toString(), CELL)));
        lines.add(paint.bold(head.toString().stripTrailing()));
        var perRow = matrix.traffic().size();
        for (var start = 0; start < cells.size(); start += perRow) {
            var row = new StringBuilder("  ").append(pad(cells.get(start).peer().name(), width));
            cells.subList(start, start + perRow).forEach(cell -> row.append(cell(cell.conversation())));
            lines.add(row.toString().stripTrailing());
        }
    }

    private static int width(ReachMatrix matrix) {
        Function<Peer, Integer> length = peer -> peer.name().length();
        return matrix.peers().stream().map(length).max(Integer::compare).orElse(0) + 2;
    }

    private String cell(Conversation conversation) {
        return cell(OutcomeNames.of(conversation.outcome()), conversation.cause());
    }

    private String cell(String word, VerdictCause cause) {
        var text = pad(word + " " + number(cause), CELL);
        return switch (word) {
            case "yes" -> paint.green(text);
            case "half" -> paint.yellow(text);
            default -> paint.red(text);
        };
    }

    private int number(VerdictCause cause) {
        var words = cause.toString();
        if (!causes.contains(words)) {
            causes.add(words);
        }
        return causes.indexOf(words) + 1;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
