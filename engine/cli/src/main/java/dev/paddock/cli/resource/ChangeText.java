package dev.paddock.cli.resource;

import dev.paddock.api.change.Change;
import dev.paddock.cli.console.AnsiStyle;
import java.util.Optional;

/** Formats one difference for people. */
public final class ChangeText {
    private ChangeText() {}

    /** Return symbol, path and values, without the cost of the change. */
    public static String of(Change change, AnsiStyle paint) {
        var running = change.extent() == Change.Extent.RUNNING ? " in what runs" : "";
        return symbol(change, paint) + " " + change.path() + running + values(change);
    }

    private static String symbol(Change change, AnsiStyle paint) {
        return switch (change.action()) {
            case ADD -> paint.green("+");
            case REMOVE -> paint.red("-");
            case CHANGE -> paint.yellow("~");
            case MOVE -> paint.yellow(">");
            case RELEASE -> paint.dim("o");
        };
    }

    private static String values(Change change) {
        return switch (change.action()) {
            case ADD -> ": " + shown(change.after());
            case REMOVE -> ": " + shown(change.before());
            case CHANGE -> ": " + shown(change.before()) + " -> " + shown(change.after());
            case MOVE -> ": moved";
            case RELEASE -> ": " + shown(change.before()) + " stays";
        };
    }

    /** Elements may span lines; this returns one line. */
    private static String shown(Optional<String> value) {
        return value.map(text -> text.startsWith("<") ? text.replaceAll("\\n\\s*", " ") : '"' + text + '"')
                .orElse("nothing");
    }
}
