package dev.paddock.pool.slot;

/**
 * The saved state of a guest that is in use.
 *
 * @param pausedNanos how long the guest stood still for it
 */
public record SavedFork(SavedState state, long pausedNanos) {}
