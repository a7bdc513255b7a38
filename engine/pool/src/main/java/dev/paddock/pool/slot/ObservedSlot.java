package dev.paddock.pool.slot;

import dev.paddock.api.pool.SlotMark;

/**
 * A guest of a pool that is on the host.
 *
 * @param runs whether it is running; one that is paused is not
 */
public record ObservedSlot(SlotMark mark, boolean runs) {}
