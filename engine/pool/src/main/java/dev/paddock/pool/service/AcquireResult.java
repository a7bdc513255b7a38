package dev.paddock.pool.service;

import dev.paddock.pool.lease.Lease;
import java.util.Map;

/**
 * A guest that was handed out.
 *
 * @param warm whether it was ready when it was asked for
 * @param repeated whether the same request was answered before
 * @param steps how long each part took, in nanoseconds
 */
public record AcquireResult(Lease lease, boolean warm, boolean repeated, Map<String, Long> steps) {
    public AcquireResult {
        steps = Map.copyOf(steps);
    }

    AcquireResult again() {
        return new AcquireResult(lease, warm, true, steps);
    }
}
