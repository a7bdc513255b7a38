package dev.paddock.pool.lease;

import dev.paddock.api.pool.PoolSlot;

/**
 * The guest of a slot, as the store knows it.
 *
 * @param incarnation identifies the guest among those the slot had
 * @param digest of the template it was made from
 * @param made when it was created, in milliseconds since the machine started
 * @param since when it entered this state, in milliseconds since the machine started
 */
public record SlotRecord(PoolSlot slot, SlotState state, String incarnation, String digest, long made, long since) {
    /** As the digest of a guest that goes on from a leased one: it has no clean state, so it is never reset. */
    public static final String FORK = "fork";
}
