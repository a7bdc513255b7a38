package dev.paddock.pool.service;

import dev.paddock.pool.slot.ClaimRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * What somebody asks of a pool.
 *
 * @param owner the user who asks
 * @param request what the user calls the request, so that asking twice gives one lease; empty when not said
 * @param time how long to lend it; as the pool says when absent
 * @param patience how long to wait for a guest; as the pool says when absent
 */
public record AcquireRequest(
        String pool,
        String owner,
        String request,
        Optional<Duration> time,
        Optional<Duration> patience,
        ClaimRequest claiming) {}
