package dev.paddock.pool.service;

import java.time.Duration;
import java.util.Optional;

/**
 * A user's request to fork a lease.
 *
 * @param source the lease whose guest the new ones go on from, or the name of a state that was kept
 * @param owner the user
 * @param count how many new leases; none only where the state is kept
 * @param duration of the new leases; by default the pool's
 * @param keep the name under which the state is kept
 */
public record ForkRequest(String source, String owner, int count, Optional<Duration> duration, Optional<String> keep) {
    /** A request that keeps nothing. */
    public ForkRequest(String source, String owner, int count, Optional<Duration> duration) {
        this(source, owner, count, duration, Optional.empty());
    }
}
