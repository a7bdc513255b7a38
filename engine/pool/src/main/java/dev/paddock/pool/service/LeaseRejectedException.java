package dev.paddock.pool.service;

/** Why somebody does not get what they ask for. The message says what to do about it. */
public final class LeaseRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of reason it is. */
    public enum Reason {
        /** There is no such pool or lease. */
        NOT_FOUND,
        /** It is somebody else's. */
        NOT_YOURS,
        /** Nothing of it makes sense. */
        BAD_REQUEST,
        /** The user has as many guests as one may have. */
        TOO_MANY,
        /** No guest is ready, and none became so in time. */
        NONE_READY,
        /** Nothing is lent now. */
        DRAINED,
        /** The lease has ended. */
        ENDED,
        /** The results of the lease cannot be copied, so it goes on. */
        RESULTS_NOT_KEPT
    }

    private final Reason reason;

    LeaseRejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
