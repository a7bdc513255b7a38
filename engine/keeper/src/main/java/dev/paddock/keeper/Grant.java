package dev.paddock.keeper;

import dev.paddock.keeper.lease.Lease;
import java.util.Map;

/**
 * A guest that was handed out.
 *
 * @param warm whether it was ready when it was asked for
 * @param repeated whether the same request was answered before
 * @param steps how long each part took, in nanoseconds
 */
public record Grant(Lease lease, boolean warm, boolean repeated, Map<String, Long> steps) {
    public Grant {
        steps = Map.copyOf(steps);
    }

    Grant again() {
        return new Grant(lease, warm, true, steps);
    }
}
