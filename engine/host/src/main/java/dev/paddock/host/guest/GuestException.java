package dev.paddock.host.guest;

import dev.paddock.api.diagnostic.Diagnostic;

/** Something that could not be done in or for a guest, with what the user has to know. */
public final class GuestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public GuestException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
