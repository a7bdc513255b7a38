package dev.paddock.cli;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;

/** A diagnostic as people read it. */
final class DiagnosticText {
    private DiagnosticText() {}

    static String of(Diagnostic diagnostic, Paint paint) {
        var text = new StringBuilder(heading(diagnostic.severity(), paint))
                .append(paint.bold(" %s: %s"
                        .formatted(diagnostic.code().id(), diagnostic.code().summary())))
                .append('\n');
        diagnostic.place().ifPresent(place -> text.append("  ").append(place).append('\n'));
        text.append(diagnostic.detail()).append('\n');
        diagnostic.fix().ifPresent(fix -> text.append('\n').append(fix).append('\n'));
        return text.toString();
    }

    private static String heading(Severity severity, Paint paint) {
        return switch (severity) {
            case ERROR -> paint.red("Error");
            case WARNING -> paint.yellow("Warning");
        };
    }
}
