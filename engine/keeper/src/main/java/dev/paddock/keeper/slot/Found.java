package dev.paddock.keeper.slot;

import dev.paddock.api.pool.SlotMark;

/**
 * A guest of a pool that is on the host.
 *
 * @param runs whether it is running; one that is paused is not
 */
public record Found(SlotMark mark, boolean runs) {}
