package dev.paddock.pool.lease;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * A request to lease a guest of a pool.
 *
 * @param requestId chosen by the user, so a repeated request gets the same lease; empty for none
 * @param duration of the lease
 * @param maxDuration of the lease with all extensions
 * @param perOwner maximum number of guests of a user; absent for no limit
 */
public record LeaseRequest(
        String pool, String owner, String requestId, Duration duration, Duration maxDuration, OptionalInt perOwner) {}
