package dev.paddock.keeper;

import dev.paddock.host.process.Pause;
import dev.paddock.keeper.lease.Lease;
import dev.paddock.keeper.slot.Results;
import dev.paddock.keeper.slot.SlotException;
import dev.paddock.keeper.slot.SlotHost;
import java.time.Duration;
import java.util.Optional;

/** Keeps the results of leases that are about to end. */
record Harvest(SlotHost host, Events events) {
    private static final int MOST_TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    /** What became of them. */
    record Outcome(Results results, Optional<String> failure) {
        static final Outcome NOTHING = new Outcome(Results.NONE, Optional.empty());
    }

    /** Copy them; a libvirtd that is just started anew is waited for. */
    Outcome of(Lease lease) {
        for (var tries = MOST_TRIES; ; tries--) {
            try {
                return new Outcome(host.collect(lease.slot(), lease.id(), lease.owner()), Optional.empty());
            } catch (SlotException failure) {
                if (!failure.isOfLostHost() || tries <= 1 || !Pause.of(BETWEEN_TRIES)) {
                    events.note("results.failed", "guest", lease.slot().name(), "why", failure.reason());
                    return new Outcome(Results.NONE, Optional.of(failure.reason()));
                }
            }
        }
    }
}
