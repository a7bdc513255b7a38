package dev.paddock.core.source;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.diagnostic.Suggestion;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects the diagnostics of a run, each once, and masks secrets in them. Safe for use by several threads. */
public final class DiagnosticSink {
    private static final int MAX_QUOTE_LENGTH = 80;
    private static final int MAX_LISTED = 40;
    private static final String REDACTED = "(secret)";

    private final Set<Diagnostic> all = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<String> secretValues = new LinkedHashSet<>();

    public synchronized void add(Diagnostic diagnostic) {
        all.add(diagnostic);
    }

    public void error(Code code, SourceLocation location, String detail, String fix) {
        add(Diagnostic.error(code, location, detail, fix));
    }

    /** Report an unknown word, suggesting the nearest known one, or else listing all of them. */
    public void unknown(Code code, SourceLocation location, String what, String word, Collection<String> known) {
        var nearest = Suggestion.nearest(word, known);
        error(
                code,
                location,
                what + " " + quote(word)
                        + nearest.map(near -> "; did you mean '" + near + "'?").orElse("."),
                nearest.map(near -> "Write '" + near + "'.").orElseGet(() -> allOf(known)));
    }

    /** Return a sentence that lists the words. */
    public static String allOf(Collection<String> known) {
        if (known.isEmpty()) {
            return "There is none that could stand here.";
        }
        var names = new TreeSet<>(known);
        return "There are: " + names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "))
                + (names.size() > MAX_LISTED ? ", ..." : "") + ".";
    }

    /** Mask a text in all messages, including those added earlier. */
    public synchronized void secret(String text) {
        if (!text.isBlank()) {
            secrets.add(text);
        }
    }

    /** Mask a text where it is a whole value: it is too short to mask it everywhere. */
    public synchronized void secretValue(String text) {
        if (!text.isBlank()) {
            secretValues.add(text);
        }
    }

    /** Return whether a text is masked wherever it appears. */
    public synchronized boolean isMasked(String text) {
        return secrets.contains(text);
    }

    public synchronized Set<String> secretValues() {
        return new LinkedHashSet<>(secretValues);
    }

    /** Return whether a text is or contains a secret, in any case. */
    public synchronized boolean isSecret(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return secretValues.stream().anyMatch(text::equalsIgnoreCase)
                || secrets.stream().anyMatch(secret -> lower.contains(secret.toLowerCase(Locale.ROOT)));
    }

    /** Return the text in quotes, with secrets masked, on one line, and shortened. */
    public String quote(String text) {
        var shown = (secretValues().contains(text) ? REDACTED : redact(text)).replaceAll("\\s*\\R\\s*", " ");
        var end = shown.length() <= MAX_QUOTE_LENGTH
                ? shown.length()
                : shown.offsetByCodePoints(0, Math.min(MAX_QUOTE_LENGTH, shown.codePointCount(0, shown.length())));
        return "'" + shown.substring(0, end) + (end < shown.length() ? "..." : "") + "'";
    }

    /** Return the number of errors. */
    public synchronized int errors() {
        return (int) all.stream().filter(Diagnostic::isError).count();
    }

    public synchronized boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::isError);
    }

    public synchronized Set<String> secrets() {
        return new LinkedHashSet<>(secrets);
    }

    public synchronized List<Diagnostic> list() {
        return all.stream()
                .map(diagnostic -> new Diagnostic(
                        diagnostic.code(),
                        diagnostic.severity(),
                        diagnostic.place(),
                        redact(diagnostic.detail()),
                        diagnostic.fix().map(this::redact)))
                .distinct()
                .toList();
    }

    /** Return a text with secrets masked. */
    public synchronized String redact(String text) {
        var shown = text;
        for (var secret : secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            shown = shown.replace(secret, REDACTED);
        }
        for (var value : secretValues) {
            shown = shown.replace("'" + value + "'", "'" + REDACTED + "'");
        }
        return shown;
    }
}
