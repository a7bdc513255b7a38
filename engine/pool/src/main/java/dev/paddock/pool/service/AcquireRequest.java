package dev.paddock.pool.service;

import dev.paddock.pool.slot.ClaimRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A user's request to acquire a guest of a pool.
 *
 * @param owner the user
 * @param requestId chosen by the user, so a repeated request gets the same lease; empty for none
 * @param duration of the lease; by default the pool's
 * @param timeout for a guest to become ready; by default the pool's
 * @param claim what the guest receives when it is handed over
 */
public record AcquireRequest(
        String pool,
        String owner,
        String requestId,
        Optional<Duration> duration,
        Optional<Duration> timeout,
        ClaimRequest claim) {}
