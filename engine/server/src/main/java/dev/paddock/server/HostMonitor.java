package dev.paddock.server;

import java.util.List;
import java.util.Map;

/** Watches something on the host besides the pools. */
@FunctionalInterface
public interface HostMonitor {
    /**
     * Check the host, and return what changed since the last check: the type and the details of each event.
     *
     * @throws dev.paddock.pool.slot.SlotException if the host cannot be read now
     */
    List<Map.Entry<String, Map<String, Object>>> check();

    /** Return how long to wait before the next check. */
    default long pauseMillis() {
        return 3_000;
    }
}
