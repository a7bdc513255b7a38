package dev.paddock.core.template;

import dev.paddock.api.diagnostic.Diagnostic;

/** A template that cannot be rendered, or that renders something that is no XML. */
public final class RenderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    RenderException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    /** Return what to tell the user. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
