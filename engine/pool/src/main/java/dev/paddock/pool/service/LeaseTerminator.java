package dev.paddock.pool.service;

import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseStore;

/** Ends leases: in the store first, then in the metrics and the event log. */
record LeaseTerminator(LeaseStore store, PoolMetrics metrics, EventLog events) {
    /** End a lease. Return whether it was open until now. */
    boolean end(Lease lease, LeaseEndReason reason) {
        var ended = store.end(lease, reason);
        if (ended) {
            metrics.ended(lease.slot().pool(), reason);
            events.add(
                    "lease." + reason.word(),
                    "pool",
                    lease.slot().pool(),
                    "guest",
                    lease.slot().name(),
                    "owner",
                    lease.owner());
        }
        return ended;
    }
}
