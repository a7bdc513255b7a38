package dev.paddock.pool.slot;

import dev.paddock.api.pool.PoolSlot;
import java.util.List;

/**
 * The host of the guests. May be used by several threads at once, but for one guest by one at a time. All methods throw
 * {@link SlotException} when they fail; what they were to do can then be tried again.
 */
public interface SlotHost extends AutoCloseable {
    /** Return the pools that are declared on the host. */
    List<PoolTemplate> patterns();

    /** Return the guests of pools, of all incarnations and patterns. What is not marked as one is never touched. */
    List<ObservedSlot> guests();

    /**
     * Make the guest of a slot, boot it, wait until it is ready, and keep its clean state. Whatever was there of the slot
     * is thrown away before.
     *
     * @param incarnation its mark
     */
    void make(PoolTemplate pattern, PoolSlot slot, String incarnation);

    /** Bring a guest that was used back to its clean state. */
    void reset(PoolTemplate pattern, PoolSlot slot);

    /**
     * Keep the results of whoever has the guest as they are now, if it shares a folder, also of a guest that ended; and
     * return where they are. Those that are kept already stay.
     */
    LeaseResults collect(PoolSlot slot, String lease, String owner);

    /** Return where the results of a lease are kept, if they are. */
    LeaseResults kept(String lease);

    /** Open the way to a clean guest. */
    GuestSession open(PoolTemplate pattern, PoolSlot slot);

    /** Remove the guest of a slot with all that it had. One that is not there is no failure. */
    void destroy(PoolSlot slot);

    @Override
    void close();
}
