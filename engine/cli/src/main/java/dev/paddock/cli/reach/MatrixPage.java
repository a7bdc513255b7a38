package dev.paddock.cli.reach;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.reach.matrix.Conversation;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.matrix.VerdictCause;
import dev.paddock.reach.policy.Endpoint;
import dev.paddock.reach.policy.OutcomeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes matrices as a single self-contained HTML page. No element is empty, so the page is XML as well. */
public final class MatrixPage {
    /** One line without references: a browser reads this as it stands. */
    private static final String STYLE =
            "body{font:15px/1.4 system-ui,sans-serif;margin:2rem;color:#222;background:#fff}"
                    + "table{border-collapse:collapse;margin:.5rem 0 1.5rem}th{text-align:left}"
                    + "th,td{border:1px solid #ccc;padding:.25rem .6rem}"
                    + "td.yes{background:#d7f0dc}td.half{background:#fcefc0}td.no{background:#f6d5d5}"
                    + "td small{display:block;color:#444;max-width:15rem}";

    private MatrixPage() {}

    public static String of(Map<Endpoint, ReachMatrix> matrices) {
        List<Element> body = new ArrayList<>();
        body.add(text("p", OutcomeNames.LEGEND));
        matrices.forEach((standpoint, matrix) -> add(body, standpoint, matrix));
        var head = Element.of("head")
                .plus(Element.of("meta").withAttribute("charset", "utf-8"))
                .plus(Element.of("meta")
                        .withAttribute("http-equiv", "Content-Security-Policy")
                        .withAttribute("content", "default-src 'none'; style-src 'unsafe-inline'"))
                .plus(text("title", "What guests can reach"))
                .plus(text("style", STYLE));
        var page = Element.of("html")
                .withAttribute("lang", "en")
                .plus(head)
                .plus(Element.of("body").withChildren(body));
        return "<!DOCTYPE html>\n" + XmlWriter.write(page);
    }

    private static void add(List<Element> body, Endpoint standpoint, ReachMatrix matrix) {
        body.add(text("h2", standpoint.name()));
        body.add(text(
                "p",
                standpoint.where()
                        + (standpoint.assumed().isEmpty()
                                ? ""
                                : "; assumed: " + String.join(", ", standpoint.assumed()))));
        body.add(table("From it to", matrix, matrix.outgoing()));
        body.add(table("To it from", matrix, matrix.incoming()));
        var rest = Element.of("table")
                .plus(Element.of("tr")
                        .plus(text("th", "It asks for a lease by DHCP"))
                        .plus(cell(matrix.lease())));
        for (var misdeed : matrix.misdeeds().entrySet()) {
            var verdict = misdeed.getValue();
            rest = rest.plus(Element.of("tr")
                    .plus(text("th", "It tries " + misdeed.getKey().words()))
                    .plus(cell(verdict.passes() ? "yes" : "no", verdict.cause())));
        }
        body.add(rest);
    }

    private static Element table(String heading, ReachMatrix matrix, List<ReachMatrix.Cell> cells) {
        var head = Element.of("tr").plus(text("th", heading));
        for (var traffic : matrix.traffic()) {
            head = head.plus(text("th", traffic.toString()));
        }
        var table = Element.of("table").plus(head);
        var perRow = matrix.traffic().size();
        for (var start = 0; start < cells.size(); start += perRow) {
            var row = Element.of("tr").plus(text("th", cells.get(start).peer().name()));
            for (var cell : cells.subList(start, start + perRow)) {
                row = row.plus(cell(cell.conversation()));
            }
            table = table.plus(row);
        }
        return table;
    }

    private static Element cell(Conversation conversation) {
        return cell(OutcomeNames.of(conversation.outcome()), conversation.cause());
    }

    private static Element cell(String word, VerdictCause cause) {
        return Element.of("td")
                .withAttribute("class", word)
                .plus(text("b", word))
                .plus(text("small", cause.toString()));
    }

    private static Element text(String name, String text) {
        return Element.of(name).withText(text);
    }
}
