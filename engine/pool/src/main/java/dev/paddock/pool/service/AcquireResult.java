package dev.paddock.pool.service;

import dev.paddock.pool.lease.Lease;
import java.util.Map;

/**
 * An acquired guest.
 *
 * @param warm whether it was ready when the request arrived
 * @param repeated whether an earlier request with the same id got the lease
 * @param steps how long each part took, in nanoseconds
 */
public record AcquireResult(Lease lease, boolean warm, boolean repeated, Map<String, Long> steps) {
    public AcquireResult {
        steps = Map.copyOf(steps);
    }

    AcquireResult asRepeated() {
        return new AcquireResult(lease, warm, true, steps);
    }
}
