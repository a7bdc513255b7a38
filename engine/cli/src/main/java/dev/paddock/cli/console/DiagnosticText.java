package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Formats a diagnostic for people. */
public final class DiagnosticText {
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

    private DiagnosticText() {}

    public static String of(Diagnostic diagnostic, AnsiStyle paint, UnaryOperator<String> redaction) {
        var text = new StringBuilder(heading(diagnostic.severity(), paint))
                .append(paint.bold(" %s: %s"
                        .formatted(diagnostic.code().id(), diagnostic.code().summary())))
                .append('\n');
        diagnostic.place().ifPresent(place -> text.append("  ").append(place).append('\n'));
        text.append(visible(redaction.apply(diagnostic.detail()))).append('\n');
        diagnostic.fix().ifPresent(fix -> text.append('\n')
                .append(visible(redaction.apply(fix)))
                .append('\n'));
        return text.toString();
    }

    /**
     * Makes control characters visible, so that text from a file cannot control a terminal: neither its colors nor the
     * direction of its lines.
     */
    private static String visible(String text) {
        return INVISIBLE.matcher(text).replaceAll(found -> "\\\\u%04X"
                .formatted(found.group().codePointAt(0)));
    }

    private static String heading(Severity severity, AnsiStyle paint) {
        return switch (severity) {
            case ERROR -> paint.red("Error");
            case WARNING -> paint.yellow("Warning");
        };
    }
}
