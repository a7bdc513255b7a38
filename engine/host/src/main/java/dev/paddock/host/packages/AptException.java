package dev.paddock.host.packages;

import dev.paddock.api.diagnostic.Diagnostic;

/** An installation that did not succeed, with what the user has to know. */
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
