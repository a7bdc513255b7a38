package dev.paddock.pool.slot;

import dev.paddock.api.pool.PoolSlot;
import java.util.List;

/**
 * The host of the guests of pools. May be used by several threads, but for one guest only by one at a time. All methods
 * throw {@link SlotException} when they fail, and can then be tried again.
 */
public interface SlotHost extends AutoCloseable {
    /** Return the templates of the pools that are declared on the host. */
    List<PoolTemplate> templates();

    /** Return the guests of pools, of all incarnations and templates. A guest without the mark of a pool is never touched. */
    List<ObservedSlot> guests();

    /**
     * Create the guest of a slot, boot it, wait until it is ready, and save its clean state. What the slot had before is
     * discarded.
     *
     * @param incarnation identifies the guest among those the slot had
     */
    void make(PoolTemplate template, PoolSlot slot, String incarnation);

    /** Reset a used guest to its clean state. */
    void reset(PoolTemplate template, PoolSlot slot);

    /**
     * Copy the present results of a lease, if the guest shares a folder; the guest may have ended. Results that were copied
     * before stay as they are.
     */
    LeaseResults collect(PoolSlot slot, String lease, String owner);

    /** Return the results of a lease, if they were collected. */
    LeaseResults results(String lease);

    /** Open a session with a clean guest. */
    GuestSession open(PoolTemplate template, PoolSlot slot);

    /** Remove the guest of a slot with its disks and folders. A guest that does not exist is no error. */
    void destroy(PoolSlot slot);

    @Override
    void close();
}
