package dev.paddock.pool.lease;

/** The result of taking a guest from a pool. */
public sealed interface TakeResult {
    /** A guest was taken, and its lease is stored. */
    record Taken(Lease lease) implements TakeResult {}

    /** An earlier request with the same id has a lease, which may have ended. */
    record Repeated(Lease lease) implements TakeResult {}

    /** No guest is ready. */
    record NoneReady() implements TakeResult {}

    /** The pool is drained. */
    record Drained() implements TakeResult {}

    /** The user has the maximum number of guests. */
    record TooMany(int max) implements TakeResult {}
}
