package dev.paddock.session;

import dev.paddock.api.diagnostic.Diagnostic;
import java.util.List;

/** Thrown when playbooks contain errors, with all of their diagnostics. */
public final class PlaybookException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    PlaybookException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::detail)
                .findFirst()
                .orElse(""));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** Return the errors and warnings, with secrets masked. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
