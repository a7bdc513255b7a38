package dev.paddock.pool.slot;

/**
 * A saved state that a user keeps under a name.
 *
 * @param owner the user
 * @param lease whose guest was saved
 */
public record KeptState(String name, String owner, String lease, SavedState state) {}
