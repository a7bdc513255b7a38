package dev.paddock.keeper.lease;

/** What came of asking for a guest. */
public sealed interface Taking {
    /** A guest was taken, and its lease is kept. */
    record Taken(Lease lease) implements Taking {}

    /** The same request has its lease already, which may have ended. */
    record Repeated(Lease lease) implements Taking {}

    /** No guest is ready. */
    record NoneReady() implements Taking {}

    /** Nothing is lent from the pool. */
    record Drained() implements Taking {}

    /** The user has as many guests as one may have. */
    record TooMany(int most) implements Taking {}
}
