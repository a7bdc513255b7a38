package dev.paddock.pool.slot;

import dev.paddock.api.pool.SlotMark;

/**
 * A guest of a pool, as found on the host.
 *
 * @param runs whether it is running; a paused guest is not
 */
public record ObservedSlot(SlotMark mark, boolean runs) {}
