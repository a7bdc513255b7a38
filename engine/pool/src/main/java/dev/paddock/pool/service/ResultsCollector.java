package dev.paddock.pool.service;

import dev.paddock.host.process.PollInterval;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.slot.LeaseResults;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.time.Duration;
import java.util.Optional;

/** Collects the results of leases that are about to end. */
record ResultsCollector(SlotHost host, EventLog events) {
    private static final int MAX_TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** The results, or why they could not be collected. */
    record Outcome(LeaseResults results, Optional<String> failure) {
        static final Outcome NOTHING = new Outcome(LeaseResults.NONE, Optional.empty());
    }

    /** Collect the results of a lease, waiting while libvirtd restarts. */
    Outcome collect(Lease lease) {
        for (var tries = MAX_TRIES; ; tries--) {
            try {
                return new Outcome(host.collect(lease.slot(), lease.id(), lease.owner()), Optional.empty());
            } catch (SlotException failure) {
                if (!failure.isOfLostHost() || tries <= 1 || !PollInterval.of(BETWEEN_TRIES)) {
                    events.add("results.failed", "guest", lease.slot().name(), "why", failure.reason());
                    return new Outcome(LeaseResults.NONE, Optional.of(failure.reason()));
                }
            }
        }
    }
}
