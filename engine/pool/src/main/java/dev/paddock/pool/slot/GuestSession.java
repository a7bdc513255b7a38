package dev.paddock.pool.slot;

/** An open way to the agent in a guest that is ready. All methods throw {@link SlotException} when it does not answer. */
public interface GuestSession extends AutoCloseable {
    /** Look whether it answers. */
    void ping();

    /** Give the guest to somebody: identity, time, entropy, and what they want to find in it. */
    void claim(ClaimRequest claiming);

    @Override
    void close();
}
