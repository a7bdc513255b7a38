package dev.paddock.keeper;

import dev.paddock.keeper.lease.Lease;
import dev.paddock.keeper.slot.Results;
import dev.paddock.keeper.slot.SlotException;
import dev.paddock.keeper.slot.SlotHost;
import java.util.List;
import java.util.Optional;

/** Keeps the results of leases that are about to end. */
record Harvest(SlotHost host, Events events) {
    /** Copy them. What cannot be copied is told, and does not keep the guest from being taken back. */
    Results of(Pool pool, Lease lease) {
        var pattern = pool.pattern().filter(each -> each.spec().workspace().isPresent());
        if (pattern.isEmpty()) {
            return Results.NONE;
        }
        try {
            return host.collect(pattern.get(), lease.slot(), lease.id(), lease.owner());
        } catch (SlotException failure) {
            events.note("results.lost", "guest", lease.slot().name(), "why", failure.reason());
            return new Results(Optional.empty(), List.of(failure.reason()));
        }
    }
}
