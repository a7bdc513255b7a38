package dev.paddock.core.template;

import dev.paddock.api.diagnostic.Diagnostic;

/** Thrown when a template cannot be rendered, or its result is no XML. */
public final class RenderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    RenderException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    /** Return the diagnostic for the user. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
