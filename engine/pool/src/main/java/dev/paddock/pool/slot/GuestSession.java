package dev.paddock.pool.slot;

/** An open connection to the agent in a guest. All methods throw {@link SlotException} when it does not respond. */
public interface GuestSession extends AutoCloseable {
    /** Check that the agent responds. */
    void ping();

    /** Hand the guest over to a user: set its identity, time and entropy, and what the user requested. */
    void claim(ClaimRequest claim);

    @Override
    void close();
}
