package dev.paddock.pool.service;

import java.util.List;
import java.util.Map;

/** Something else that the keeper has an eye on, besides its pools. */
@FunctionalInterface
public interface HostMonitor {
    /**
     * Look again, and tell what is different since the last time: the event that it is, and what is to be said of it.
     *
     * @throws dev.paddock.pool.slot.SlotException when it cannot be seen now
     */
    List<Map.Entry<String, Map<String, Object>>> look();

    /** Return how long to wait before the next look. */
    default long pauseMillis() {
        return 3_000;
    }
}
