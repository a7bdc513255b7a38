package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The format of output. */
public enum Format {
    /** For people. */
    TEXT,
    /** For programs, with the same facts. */
    JSON;

    static Optional<Format> parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(text))
                .findFirst();
    }

    static Optional<String> suggest(String text) {
        return Suggestion.nearest(text, labels());
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Format::label).toList();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
