package dev.paddock.pool.slot;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.SlotMark;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Return the saved state from which guests of a pool are made, of whichever template. */
    Optional<SavedState> golden(String pool);

    /**
     * Save the clean state of a guest that was just made as the golden state of its pool, in place of an earlier one.
     * Nobody has used the guest.
     *
     * @param made when it was made, in milliseconds since the machine started
     */
    void saveGolden(PoolTemplate template, PoolSlot slot, long made);

    /** Delete the saved states of all other pools. */
    void retainStates(Set<String> pools);

    /**
     * Create the guest of a slot from a saved state, without booting it. What the slot had before is discarded. The guest
     * has its own identity once a session with it is open.
     */
    void copy(SavedState state, PoolTemplate template, PoolSlot slot, String incarnation);

    /**
     * Save the present state of a guest, which is suspended meanwhile and goes on afterwards.
     *
     * @param name of the state among those of the pool
     */
    SavedFork saveFork(PoolTemplate template, PoolSlot slot, String name);

    /**
     * Create the guest of a slot from the state of a used one, and hand it over to a user. It goes on where the other was,
     * with an identity of its own.
     */
    void fork(SavedState state, PoolTemplate template, SlotMark mark, ClaimRequest claim);

    /** Keep a state that {@link #saveFork} saved, under a name that no other of its pool has. */
    void keep(SavedState state, String name, String owner, String lease);

    /** Return the states of a pool that users keep. */
    List<KeptState> kept(String pool);

    /** Delete a state that {@link #saveFork} saved. */
    void delete(SavedState state);

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
