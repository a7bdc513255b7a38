package dev.paddock.pool.lease;

import dev.paddock.api.pool.PoolSlot;
import java.util.Optional;

/**
 * The right to use a guest for a while. Times are milliseconds since the machine started, which nobody can set.
 *
 * @param id the guest's name, a dot, and letters that nobody guesses
 * @param incarnation which of the guests of its slot
 * @param owner the user who asked for it
 * @param request what the user calls the request, so that asking twice gives one lease; empty when not said
 * @param limit beyond which it is not extended
 * @param ending how it ended; absent while it lasts
 */
public record Lease(
        String id,
        PoolSlot slot,
        String incarnation,
        String owner,
        String request,
        long since,
        long until,
        long limit,
        Optional<LeaseEndReason> ending) {
    public boolean isOpen() {
        return ending.isEmpty();
    }

    Lease until(long time) {
        return new Lease(id, slot, incarnation, owner, request, since, time, limit, ending);
    }
}
