package dev.paddock.pool.service;

/** A request about a lease is rejected. The message is for the user, and says what to do. */
public final class LeaseRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request is rejected. */
    public enum Reason {
        /** There is no such pool or lease. */
        NOT_FOUND,
        /** The lease belongs to another user. */
        NOT_YOURS,
        /** The request contradicts the pool. */
        BAD_REQUEST,
        /** The user has the maximum number of guests. */
        TOO_MANY,
        /** No guest is ready, and none became ready in time. */
        NONE_READY,
        /** The pool is drained. */
        DRAINED,
        /** The lease has ended. */
        ENDED,
        /** The results of the lease cannot be copied, so it goes on. */
        RESULTS_NOT_KEPT,
        /** The guest cannot be saved, or no copy of it works. */
        FORK_FAILED
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
