package dev.paddock.reach.policy;

import dev.paddock.api.diagnostic.Diagnostic;

/** An endpoint whose traffic cannot be evaluated: its filter is unusable, or its peer is unknown. */
public final class EndpointException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public EndpointException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
