package dev.paddock.pool.service;

import dev.paddock.pool.lease.Lease;
import java.util.List;

/**
 * The leases that a lease was forked into.
 *
 * @param pausedNanos how long the guest that was forked stood still
 */
public record ForkResult(List<Lease> leases, long pausedNanos) {
    public ForkResult {
        leases = List.copyOf(leases);
    }
}
