package dev.paddock.keeper;

import dev.paddock.keeper.lease.Lease;
import dev.paddock.keeper.slot.Results;
import dev.paddock.keeper.slot.SlotException;
import dev.paddock.keeper.slot.SlotHost;
import java.util.Optional;

/** Keeps the results of leases that are about to end. */
record Harvest(SlotHost host, Events events) {
    /** What became of them. */
    record Outcome(Results results, Optional<String> failure) {
        static final Outcome NOTHING = new Outcome(Results.NONE, Optional.empty());
    }

    /** Copy them. */
    Outcome of(Lease lease) {
        try {
            return new Outcome(host.collect(lease.slot(), lease.id(), lease.owner()), Optional.empty());
        } catch (SlotException failure) {
            events.note("results.failed", "guest", lease.slot().name(), "why", failure.reason());
            return new Outcome(Results.NONE, Optional.of(failure.reason()));
        }
    }
}
