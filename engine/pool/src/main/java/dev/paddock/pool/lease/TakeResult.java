package dev.paddock.pool.lease;

/** What came of asking for a guest. */
public sealed interface TakeResult {
    /** A guest was taken, and its lease is kept. */
    record Taken(Lease lease) implements TakeResult {}

    /** The same request has its lease already, which may have ended. */
    record Repeated(Lease lease) implements TakeResult {}

    /** No guest is ready. */
    record NoneReady() implements TakeResult {}

    /** Nothing is lent from the pool. */
    record Drained() implements TakeResult {}

    /** The user has as many guests as one may have. */
    record TooMany(int most) implements TakeResult {}
}
