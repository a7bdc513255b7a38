package dev.paddock.host.packages;

import dev.paddock.api.diagnostic.Diagnostic;

/** A failed installation, with a diagnostic. */
public final class AptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    AptException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
