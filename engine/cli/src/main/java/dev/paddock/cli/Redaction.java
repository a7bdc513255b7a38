package dev.paddock.cli;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes secrets out of texts, in the forms that JSON and XML give them as well. */
record Redaction(List<String> hidden) {
    static final Redaction NONE = new Redaction(List.of());
    private static final String SHOWN = "(sensitive value)";

    Redaction plus(Set<String> secrets) {
        var all = new LinkedHashSet<>(hidden);
        for (var secret : secrets) {
            if (!secret.isBlank()) {
                all.add(secret);
                all.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
                all.add(secret.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&apos;")
                        .replace("\"", "&quot;"));
            }
        }
        // A secret that holds another is taken out first, and whole.
        return new Redaction(all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String apply(String text) {
        var shown = text;
        for (var secret : hidden) {
            shown = shown.replace(secret, SHOWN);
        }
        return shown;
    }
}
