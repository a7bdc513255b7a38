package dev.paddock.core.expression;

import java.util.Optional;

/** Finds expressions in texts. */
public final class Interpolation {
    /** The length of <code>${</code>. */
    static final int OPENING = 2;

    private Interpolation() {}

    /** Return whether a text has anything to evaluate. */
    static boolean isIn(String text) {
        return text.contains("${") || text.contains("<#");
    }

    /** Return the expression if the whole text is a single one. */
    public static Optional<String> alone(String text) {
        if (!text.startsWith("${") || !text.endsWith("}")) {
            return Optional.empty();
        }
        var depth = 0;
        var quote = '\0';
        for (var i = OPENING; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quote != '\0') {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = '\0';
                }
            } else {
                switch (c) {
                    case '"', '\'' -> quote = c;
                    case '{' -> depth++;
                    case '}' -> {
                        if (depth-- == 0) {
                            return i == text.length() - 1 ? Optional.of(text.substring(OPENING, i)) : Optional.empty();
                        }
                    }
                    default -> {}
                }
            }
        }
        return Optional.empty();
    }
}
