package dev.paddock.pool.lease;

import dev.paddock.api.pool.PoolSlot;
import java.util.Optional;

/**
 * The right to use a guest for some time. Times are milliseconds since the machine started, a clock that nobody can set.
 *
 * @param id the guest's name, a dot, and a secret
 * @param incarnation identifies the guest among those the slot had
 * @param owner the user who acquired it
 * @param requestId chosen by the user, so a repeated request gets the same lease; empty for none
 * @param limit the latest time to which it can be extended
 * @param parent the lease whose guest this one goes on from; empty for a clean guest
 * @param endReason why it ended; absent while it is open
 */
public record Lease(
        String id,
        PoolSlot slot,
        String incarnation,
        String owner,
        String requestId,
        long since,
        long until,
        long limit,
        String parent,
        Optional<LeaseEndReason> endReason) {
    public boolean isOpen() {
        return endReason.isEmpty();
    }

    Lease withUntil(long time) {
        return new Lease(id, slot, incarnation, owner, requestId, since, time, limit, parent, endReason);
    }
}
