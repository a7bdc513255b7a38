package dev.paddock.pool.service;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseRequest;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.TakeResult;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.ClaimRequest;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SlotException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Handles requests to acquire a guest: waits for one that is ready, leases it, and claims it for its user. */
final class AcquireHandler {
    private final LeaseStore store;
    private final PoolClock clock;
    private final EventLog events;
    private final PoolMetrics metrics;
    private final PoolRegistry pools;
    private final WakeSignal wake;
    private final Map<String, CompletableFuture<AcquireResult>> pending = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** @param wake is sent when a pool needs another guest */
    AcquireHandler(
            LeaseStore store,
            PoolClock clock,
            EventLog events,
            PoolMetrics metrics,
            PoolRegistry pools,
            WakeSignal wake) {
        this.store = store;
        this.clock = clock;
        this.events = events;
        this.metrics = metrics;
        this.pools = pools;
        this.wake = wake;
    }

    /** Lease a guest. Requests of one user with the same id that arrive at the same time share the result. */
    AcquireResult acquire(AcquireRequest request) {
        if (request.requestId().isEmpty()) {
            return acquireNew(request);
        }
        var key = request.pool() + "\n" + request.owner() + "\n" + request.requestId();
        var result = new CompletableFuture<AcquireResult>();
        var earlier = pending.putIfAbsent(key, result);
        if (earlier != null) {
            try {
                return earlier.join().asRepeated();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
            }
        }
        try {
            var acquired = acquireNew(request);
            result.complete(acquired);
            return acquired;
        } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
            throw failure;
        } finally {
            pending.remove(key);
        }
    }

    /** Reject new requests from now on, except those that have a lease. */
    void close() {
        closing = true;
    }

    private AcquireResult acquireNew(AcquireRequest request) {
        var steps = new LinkedHashMap<String, Long>();
        var start = clock.nanos();
        var pool = pools.require(request.pool());
        var template = pools.requireTemplate(pool);
        var spec = template.spec();
        var leaseRequest = leaseRequest(request, spec);
        try {
            var settled = store.settled(leaseRequest);
            if (settled.isPresent()) {
                return settledResult(settled.get(), request);
            }
            if (closing) {
                throw drained(request);
            }
            var deadline = start + request.timeout().orElse(spec.patience()).toNanos();
            var warm = true;
            while (true) {
                warm &= awaitPermit(pool, spec, leaseRequest, request, deadline);
                var permitted = clock.nanos();
                steps.merge("wait", permitted - start, Long::sum);
                var result = store.take(leaseRequest);
                if (!(result instanceof TakeResult.Taken taken)) {
                    // A ready guest without a permit would be a bug; then there is no permit to release.
                    if (!(result instanceof TakeResult.NoneReady)) {
                        pool.releasePermit();
                        return settledResult(result, request);
                    }
                    events.add("pool.miscounted", "pool", pool.name());
                    continue;
                }
                var stored = clock.nanos();
                steps.merge("keep", stored - permitted, Long::sum);
                if (claim(pool, template, taken.lease(), request.claim())) {
                    steps.merge("claim", clock.nanos() - stored, Long::sum);
                    return report(new AcquireResult(taken.lease(), warm, false, steps), clock.nanos() - start);
                }
            }
        } catch (LeaseRejectedException rejection) {
            metrics.refused(request.pool(), rejection.reason());
            throw rejection;
        }
    }

    private static LeaseRequest leaseRequest(AcquireRequest request, PoolSpec spec) {
        var duration = request.duration().orElse(spec.lease());
        if (duration.compareTo(spec.longest()) > 0) {
            throw new LeaseRejectedException(
                    Reason.BAD_REQUEST,
                    "The pool \"%s\" leases for %d seconds at most."
                            .formatted(request.pool(), spec.longest().toSeconds()));
        }
        return new LeaseRequest(
                request.pool(), request.owner(), request.requestId(), duration, spec.longest(), spec.perOwner());
    }

    /** Acquire the permit for a ready guest. Return whether one was available at once. */
    private boolean awaitPermit(
            PoolRuntime pool, PoolSpec spec, LeaseRequest leaseRequest, AcquireRequest request, long deadline) {
        try {
            if (pool.acquirePermit(Duration.ZERO)) {
                return true;
            }
            var left = Duration.ofNanos(deadline - clock.nanos());
            if (left.isNegative()
                    || (spec.onEmpty() == OnEmpty.FAIL && request.timeout().isEmpty())) {
                throw noneReady(pool, spec);
            }
            // Without warm guests, none would ever become ready for a request that only waits.
            var boots = spec.onEmpty() == OnEmpty.COLD || spec.warm() == 0;
            if (boots) {
                pool.waiting().incrementAndGet();
                wake.send();
            }
            try {
                if (!pool.acquirePermit(left)) {
                    throw store.settled(leaseRequest)
                                    .filter(TakeResult.Drained.class::isInstance)
                                    .isPresent()
                            ? drained(request)
                            : noneReady(pool, spec);
                }
            } finally {
                if (boots) {
                    pool.waiting().decrementAndGet();
                }
            }
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw noneReady(pool, spec);
        }
    }

    private static LeaseRejectedException drained(AcquireRequest request) {
        return new LeaseRejectedException(
                Reason.DRAINED, "The pool \"" + request.pool() + "\" is drained: nothing is leased from it now.");
    }

    private static LeaseRejectedException noneReady(PoolRuntime pool, PoolSpec spec) {
        return new LeaseRejectedException(
                Reason.NONE_READY,
                "No guest of the pool \"%s\" is ready. It keeps %d warm, and has %d at most."
                        .formatted(pool.name(), spec.warm(), spec.max()));
    }

    private static AcquireResult settledResult(TakeResult result, AcquireRequest request) {
        return switch (result) {
            case TakeResult.Repeated(var lease) when lease.isOpen() -> new AcquireResult(lease, true, true, Map.of());
            case TakeResult.Repeated(var lease) ->
                throw new LeaseRejectedException(
                        Reason.ENDED,
                        "The lease of the request \"%s\" has ended: %s. Ask with another request id."
                                .formatted(
                                        request.requestId(),
                                        lease.endReason()
                                                .map(LeaseEndReason::word)
                                                .orElse("")));
            case TakeResult.Drained drained -> throw drained(request);
            case TakeResult.TooMany(var max) ->
                throw new LeaseRejectedException(
                        Reason.TOO_MANY,
                        "%s has %d guests of the pool \"%s\", which is as many as one may have. Release one."
                                .formatted(request.owner(), max, request.pool()));
            case TakeResult.NoneReady none ->
                throw new IllegalStateException("No ready guest settles nothing. This is a bug in this tool.");
            case TakeResult.Taken taken ->
                throw new IllegalStateException("A leased guest is not claimed. This is a bug in this tool.");
        };
    }

    /** Claim a leased guest for its user. One that does not respond loses its lease, and is recreated. */
    private boolean claim(PoolRuntime pool, PoolTemplate template, Lease lease, ClaimRequest claim) {
        var session = pool.sessions().remove(lease.slot().number());
        var handedOver = false;
        try {
            if (session == null) {
                throw new SlotException("There is no way into it.");
            }
            session.claim(
                    claim.withWorkspace(template.spec().workspace().isPresent()).withLease(lease.id()));
            store.markHandedOver(lease);
            handedOver = true;
            return true;
        } catch (SlotException failure) {
            events.add("guest.unusable", "guest", lease.slot().name(), "why", failure.reason());
            return false;
        } finally {
            if (session != null) {
                session.close();
            }
            if (!handedOver) {
                store.end(lease, LeaseEndReason.UNUSABLE);
            }
            // From now on the pool is one guest short.
            wake.send();
        }
    }

    private AcquireResult report(AcquireResult result, long nanos) {
        metrics.granted(result, nanos);
        events.add(
                "lease.granted",
                "pool",
                result.lease().slot().pool(),
                "guest",
                result.lease().slot().name(),
                "owner",
                result.lease().owner(),
                "warm",
                result.warm(),
                "milliseconds",
                nanos / 1_000_000);
        return result;
    }
}
