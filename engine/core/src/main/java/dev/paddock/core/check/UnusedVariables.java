package dev.paddock.core.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.Collection;

/** Finds variables of the command line that no file mentions: most are typing errors. */
public final class UnusedVariables {
    private UnusedVariables() {}

    /** Warn of the variables among these. */
    public static void check(Collection<String> variables, SourceFiles files, DiagnosticSink diagnostics) {
        for (var variable : variables) {
            if (!files.mention(variable)) {
                diagnostics.add(Diagnostic.warning(
                        Code.NO_EFFECT,
                        "Nothing uses the variable " + diagnostics.quote(variable) + ", which -e sets.",
                        "Correct its name, or leave it out."));
            }
        }
    }
}
