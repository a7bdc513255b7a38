package dev.paddock.pool.service;

import dev.paddock.host.process.PollInterval;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.slot.LeaseResults;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.time.Duration;
import java.util.Optional;

/** Keeps the results of leases that are about to end. */
record ResultsCollector(SlotHost host, EventLog events) {
    private static final int MOST_TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** What became of them. */
    record Outcome(LeaseResults results, Optional<String> failure) {
        static final Outcome NOTHING = new Outcome(LeaseResults.NONE, Optional.empty());
    }

    /** Copy them; a libvirtd that is just started anew is waited for. */
    Outcome of(Lease lease) {
        for (var tries = MOST_TRIES; ; tries--) {
            try {
                return new Outcome(host.collect(lease.slot(), lease.id(), lease.owner()), Optional.empty());
            } catch (SlotException failure) {
                if (!failure.isOfLostHost() || tries <= 1 || !PollInterval.of(BETWEEN_TRIES)) {
                    events.note("results.failed", "guest", lease.slot().name(), "why", failure.reason());
                    return new Outcome(LeaseResults.NONE, Optional.of(failure.reason()));
                }
            }
        }
    }
}
