package dev.paddock.host.workspace;

import dev.paddock.api.diagnostic.Diagnostic;

/** Something that could not be done to a workspace, with a diagnostic. */
public final class WorkspaceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public WorkspaceException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
