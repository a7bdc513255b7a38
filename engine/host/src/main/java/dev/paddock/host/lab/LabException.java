package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Diagnostic;

/** A lab that did not do what was asked, with a diagnostic. */
public final class LabException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public LabException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
