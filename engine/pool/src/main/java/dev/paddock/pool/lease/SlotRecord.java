package dev.paddock.pool.lease;

import dev.paddock.api.pool.PoolSlot;

/**
 * What is known of the guest of a slot.
 *
 * @param incarnation tells it from those before
 * @param digest of the pattern that it was made from
 * @param made when its clean state was made, in milliseconds since the machine started
 * @param since when it came to this state, likewise
 */
public record SlotRecord(PoolSlot slot, SlotState state, String incarnation, String digest, long made, long since) {}
