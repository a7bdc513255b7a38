package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import java.util.function.UnaryOperator;

/** Formats a diagnostic for people. */
public final class DiagnosticText {
    private DiagnosticText() {}

    public static String of(Diagnostic diagnostic, AnsiStyle paint, UnaryOperator<String> redaction) {
        var text = new StringBuilder(heading(diagnostic.severity(), paint))
                .append(paint.bold(" %s: %s"
                        .formatted(diagnostic.code().id(), diagnostic.code().summary())))
                .append('\n');
        diagnostic.place().ifPresent(place -> text.append("  ")
                .append(VisibleText.of(place.toString(), false))
                .append('\n'));
        text.append(VisibleText.of(redaction.apply(diagnostic.detail()), false)).append('\n');
        diagnostic.fix().ifPresent(fix -> text.append('\n')
                .append(VisibleText.of(redaction.apply(fix), false))
                .append('\n'));
        return text.toString();
    }

    private static String heading(Severity severity, AnsiStyle paint) {
        return switch (severity) {
            case ERROR -> paint.red("Error");
            case WARNING -> paint.yellow("Warning");
        };
    }
}
