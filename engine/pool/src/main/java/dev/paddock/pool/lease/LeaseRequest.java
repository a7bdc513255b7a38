package dev.paddock.pool.lease;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What somebody asks of a pool.
 *
 * @param request what the user calls it; empty when not said
 * @param time how long the lease is to last
 * @param longest how long it may last with all extensions
 * @param perOwner how many guests a user may have
 */
public record LeaseRequest(
        String pool, String owner, String request, Duration time, Duration longest, OptionalInt perOwner) {}
