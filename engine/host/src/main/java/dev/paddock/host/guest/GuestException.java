package dev.paddock.host.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;

/** Something that could not be done in or for a guest, with a diagnostic. */
public final class GuestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public GuestException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    /** Return the exception for a guest that disconnects. */
    public static GuestException gone() {
        return new GuestException(Diagnostic.error(
                Code.GUEST_GONE,
                "The guest has hung up.",
                "It was stopped, its agent ended, or somebody else took its channel; see what state it is in."));
    }

    /** Return the exception for a lease that has ended. */
    public static GuestException leaseEnded() {
        return new GuestException(Diagnostic.error(
                Code.LEASE_ENDED,
                "The lease has ended, and the guest may be somebody else's. Nothing was done to it.",
                "Acquire another guest."));
    }

    /** Return the exception for a guest that exceeds a time limit. */
    public static GuestException overtime() {
        return new GuestException(Diagnostic.error(
                Code.GUEST_SILENT,
                "The guest did not end the command when its time was over, and was given up.",
                "See whether the guest hangs or is paused. Whatever the command started may still run in it."));
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
