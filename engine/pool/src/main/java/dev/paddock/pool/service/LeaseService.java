package dev.paddock.pool.service;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.host.process.PollInterval;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseRequest;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.TakeResult;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.ClaimRequest;
import dev.paddock.pool.slot.LeaseResults;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lends the guests of pools, takes them back, and keeps the pools filled.
 *
 * <p>The store of leases decides who has what. A guest that was lent is dirty from before its user's first byte gets to
 * it, and is lent again only when its memory and disks have been made clean, or it was made anew.
 */
public final class LeaseService implements AutoCloseable {
    /** Who may do anything with any lease. */
    public static final String ROOT = "root";

    private static final Duration A_MOMENT = Duration.ofMillis(10);

    private final LeaseStore store;
    private final SlotHost host;
    private final LongSupplier clock;
    private final EventLog events;
    private final PoolMetrics meters;
    private final Map<String, PoolRuntime> pools = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<AcquireResult>> asked = new ConcurrentHashMap<>();
    private final ResultsCollector harvest;
    private final PoolReconciler stable;
    private volatile boolean closing;

    /** @param clock milliseconds since the machine started */
    public LeaseService(LeaseStore store, SlotHost host, LongSupplier clock, EventLog events, PoolMetrics meters) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.events = events;
        this.meters = meters;
        this.harvest = new ResultsCollector(host, events);
        this.stable = new PoolReconciler(store, host, clock, events, meters, pools);
    }

    /** Put right what an earlier end left behind, and start to fill the pools. */
    public void start() {
        stable.start();
        meters.watch(store::slots);
    }

    /** Look now at what is declared, and at all that should be done. */
    public void look() {
        stable.lookNow();
    }

    /** Hand out a guest. Waits for one as the pool says; refuses with a {@link LeaseRejectedException}. */
    public AcquireResult acquire(AcquireRequest asking) {
        if (asking.request().isEmpty()) {
            return grant(asking);
        }
        var key = asking.pool() + "\n" + asking.owner() + "\n" + asking.request();
        var mine = new CompletableFuture<AcquireResult>();
        var other = asked.putIfAbsent(key, mine);
        if (other != null) {
            try {
                return other.join().again();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof RuntimeException known ? known : failure;
            }
        }
        try {
            var grant = grant(asking);
            mine.complete(grant);
            return grant;
        } catch (RuntimeException failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            asked.remove(key);
        }
    }

    private AcquireResult grant(AcquireRequest asking) {
        var steps = new LinkedHashMap<String, Long>();
        var start = System.nanoTime();
        var pool = pool(asking.pool());
        var pattern = declared(pool);
        var spec = pattern.spec();
        var request = request(asking, spec);
        try {
            var settled = store.settled(request);
            if (settled.isPresent()) {
                return answer(settled.get(), asking);
            }
            if (closing) {
                throw drained(asking);
            }
            var deadline = start + asking.patience().orElse(spec.patience()).toNanos();
            var warm = true;
            while (true) {
                warm &= await(pool, spec, request, asking, deadline);
                var permitted = System.nanoTime();
                steps.merge("wait", permitted - start, Long::sum);
                var taking = store.take(request);
                if (!(taking instanceof TakeResult.Taken taken)) {
                    // A guest that is ready without a permit would be a mistake; then there is none to give back.
                    if (!(taking instanceof TakeResult.NoneReady)) {
                        pool.allow();
                        return answer(taking, asking);
                    }
                    events.note("pool.miscounted", "pool", pool.name());
                    continue;
                }
                var kept = System.nanoTime();
                steps.merge("keep", kept - permitted, Long::sum);
                if (claim(pool, pattern, taken.lease(), asking.claiming())) {
                    steps.merge("claim", System.nanoTime() - kept, Long::sum);
                    return granted(new AcquireResult(taken.lease(), warm, false, steps), System.nanoTime() - start);
                }
            }
        } catch (LeaseRejectedException refusal) {
            meters.refused(asking.pool(), refusal.reason());
            throw refusal;
        }
    }

    private LeaseRequest request(AcquireRequest asking, PoolSpec spec) {
        var time = asking.time().orElse(spec.lease());
        if (time.compareTo(spec.longest()) > 0) {
            throw new LeaseRejectedException(
                    Reason.BAD_REQUEST,
                    "The pool \"%s\" lends for %d seconds at most."
                            .formatted(asking.pool(), spec.longest().toSeconds()));
        }
        return new LeaseRequest(asking.pool(), asking.owner(), asking.request(), time, spec.longest(), spec.perOwner());
    }

    /** Return whether a guest was ready; wait for one when not. */
    private boolean await(PoolRuntime pool, PoolSpec spec, LeaseRequest request, AcquireRequest asking, long deadline) {
        try {
            if (pool.permit(Duration.ZERO)) {
                return true;
            }
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative()
                    || (spec.onEmpty() == OnEmpty.FAIL && asking.patience().isEmpty())) {
                throw none(pool, spec);
            }
            var isCold = spec.onEmpty() == OnEmpty.COLD;
            if (isCold) {
                pool.waiting().incrementAndGet();
                stable.wake();
            }
            try {
                if (!pool.permit(left)) {
                    throw store.settled(request)
                                    .filter(TakeResult.Drained.class::isInstance)
                                    .isPresent()
                            ? drained(asking)
                            : none(pool, spec);
                }
            } finally {
                if (isCold) {
                    pool.waiting().decrementAndGet();
                }
            }
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw none(pool, spec);
        }
    }

    private static LeaseRejectedException drained(AcquireRequest asking) {
        return new LeaseRejectedException(
                Reason.DRAINED, "The pool \"" + asking.pool() + "\" is drained: nothing is lent from it now.");
    }

    private static LeaseRejectedException none(PoolRuntime pool, PoolSpec spec) {
        return new LeaseRejectedException(
                Reason.NONE_READY,
                "No guest of the pool \"%s\" is ready. It keeps %d warm, and has %d at most."
                        .formatted(pool.name(), spec.warm(), spec.max()));
    }

    private AcquireResult answer(TakeResult taking, AcquireRequest asking) {
        return switch (taking) {
            case TakeResult.Repeated(var lease) when lease.isOpen() -> new AcquireResult(lease, true, true, Map.of());
            case TakeResult.Repeated(var lease) ->
                throw new LeaseRejectedException(
                        Reason.ENDED,
                        "The lease of the request \"%s\" has ended: %s. Ask with another request id."
                                .formatted(
                                        asking.request(),
                                        lease.ending().map(LeaseEndReason::word).orElse("")));
            case TakeResult.Drained drained -> throw drained(asking);
            case TakeResult.TooMany(var most) ->
                throw new LeaseRejectedException(
                        Reason.TOO_MANY,
                        "%s has %d guests of the pool \"%s\", which is as many as one may have. Release one."
                                .formatted(asking.owner(), most, asking.pool()));
            case TakeResult.NoneReady none -> throw new IllegalStateException("Nobody is settled by having none.");
            case TakeResult.Taken taken -> throw new IllegalStateException("What was taken is to be claimed.");
        };
    }

    /** Tell the guest whose it is. One that does not answer is thrown away. */
    private boolean claim(PoolRuntime pool, PoolTemplate pattern, Lease lease, ClaimRequest claiming) {
        var number = lease.slot().number();
        var session = pool.sessions().remove(number);
        var handed = false;
        try {
            if (session == null) {
                throw new SlotException("There is no way into it.");
            }
            session.claim(claiming.of(pattern.spec().workspace().isPresent()).of(lease.id()));
            store.handed(lease);
            handed = true;
            return true;
        } catch (SlotException deaf) {
            events.note("guest.unusable", "guest", lease.slot().name(), "why", deaf.reason());
            return false;
        } finally {
            if (session != null) {
                session.close();
            }
            if (!handed) {
                store.end(lease, LeaseEndReason.UNUSABLE);
            }
            // The pool is one guest short from now on.
            stable.wake();
        }
    }

    private AcquireResult granted(AcquireResult grant, long nanos) {
        meters.granted(grant, nanos);
        events.note(
                "lease.granted",
                "pool",
                grant.lease().slot().pool(),
                "guest",
                grant.lease().slot().name(),
                "owner",
                grant.lease().owner(),
                "warm",
                grant.warm(),
                "milliseconds",
                nanos / 1_000_000);
        return grant;
    }

    /** Let a lease last so much longer from now, within what the pool allows. */
    public Lease extend(String id, String owner, Optional<Duration> time) {
        var lease = own(id, owner);
        var more = time.or(() -> pool(lease.slot().pool()).pattern().map(pattern -> pattern.spec()
                        .lease()))
                .orElse(Duration.ZERO);
        var extended = store.extend(id, clock.getAsLong() + more.toMillis()).orElseThrow(() -> ended(lease));
        events.note(
                "lease.extended",
                "pool",
                lease.slot().pool(),
                "guest",
                lease.slot().name(),
                "owner",
                owner);
        return extended;
    }

    /**
     * Take a guest back. A lease that has ended stays so, which is no failure.
     *
     * <p>The lease ends when its results are copied: whoever asks again after a keeper was killed meanwhile gets them. When
     * they cannot be copied it goes on, for as long as it may.
     *
     * @param discard whether there are to be no results
     * @return its results, which are whole; nobody gets the guest, nor is it made clean, before they are copied
     */
    public LeaseResults release(String id, String owner, boolean discard) {
        var lease = own(id, owner);
        var pool = pool(lease.slot().pool());
        var hold = new RefillPlanner.Job.Clean(lease.slot());
        while (!pool.begin(hold)) {
            // Either the lease has ended, or somebody finds out that it has not.
            if (!own(id, owner).isOpen() || !PollInterval.of(A_MOMENT)) {
                return host.kept(id);
            }
        }
        try {
            if (!own(id, owner).isOpen()) {
                return host.kept(id);
            }
            var outcome = discard ? ResultsCollector.Outcome.NOTHING : harvest.of(lease);
            outcome.failure().ifPresent(why -> {
                throw new LeaseRejectedException(
                        Reason.RESULTS_NOT_KEPT,
                        "The results of \"%s\" cannot be kept, so the guest is still yours: %s Make room and release it again, or release it with --discard, without results."
                                .formatted(id, why));
            });
            stable.ended(lease, LeaseEndReason.RELEASED);
            return outcome.results();
        } finally {
            pool.end(hold);
            stable.wake();
        }
    }

    /** Return a lease that somebody may look at. */
    public Lease own(String id, String owner) {
        var lease = store.lease(id)
                .orElseThrow(() -> new LeaseRejectedException(Reason.NOT_FOUND, "There is no lease \"" + id + "\"."));
        if (!lease.owner().equals(owner) && !owner.equals(ROOT)) {
            throw new LeaseRejectedException(Reason.NOT_YOURS, "The lease \"" + id + "\" is another user's.");
        }
        return lease;
    }

    private static LeaseRejectedException ended(Lease lease) {
        return new LeaseRejectedException(
                Reason.ENDED,
                "The lease \"%s\" has ended. The guest is not yours any more; acquire another.".formatted(lease.id()));
    }

    /** Return the address of the guest that is lent, where its pool gives it one. */
    public Optional<String> address(Lease lease) {
        return Optional.ofNullable(pools.get(lease.slot().pool()))
                .flatMap(PoolRuntime::pattern)
                .flatMap(pattern -> pattern.spec().addresses())
                .flatMap(range -> range.of(lease.slot().number()));
    }

    /** Return the leases that last, those of one user or of all. */
    public List<Lease> leases(Optional<String> owner) {
        return store.open().stream()
                .filter(lease -> owner.isEmpty() || owner.get().equals(lease.owner()))
                .toList();
    }

    /** Lend nothing more from a pool, and remove its guests as they come back; or do so again. */
    public void drain(String name, boolean drained) {
        pool(name);
        store.drain(name, drained);
        events.note(drained ? "pool.drained" : "pool.opened", "pool", name);
        stable.wake();
    }

    /** Return how all pools are, by name. */
    public Map<String, PoolStatus> status() {
        Map<String, PoolStatus> statuses = new TreeMap<>();
        var drained = store.drained();
        var records = store.slots();
        pools.forEach((name, pool) -> pool.pattern()
                .ifPresent(pattern -> statuses.put(
                        name,
                        PoolStatus.of(
                                pattern,
                                records.stream()
                                        .filter(record -> record.slot().pool().equals(name))
                                        .toList(),
                                drained.contains(name),
                                pool.waiting().get()))));
        return statuses;
    }

    /** Return whether it still looks after its pools. */
    public boolean isWell() {
        return stable.isWell();
    }

    public EventLog events() {
        return events;
    }

    private PoolRuntime pool(String name) {
        if (!pools.containsKey(name)) {
            lookAgain();
        }
        return Optional.ofNullable(pools.get(name)).orElseThrow(() -> noPool(name));
    }

    private PoolTemplate declared(PoolRuntime pool) {
        if (pool.pattern().isEmpty()) {
            lookAgain();
        }
        return pool.pattern().orElseThrow(() -> noPool(pool.name()));
    }

    /** What was declared a moment ago counts. */
    private void lookAgain() {
        try {
            stable.lookForPools();
            stable.wake();
        } catch (SlotException unreachable) {
            throw new LeaseRejectedException(Reason.NOT_FOUND, "The host does not answer: " + unreachable.reason());
        }
    }

    private LeaseRejectedException noPool(String name) {
        var known = pools.values().stream()
                .filter(pool -> pool.pattern().isPresent())
                .map(PoolRuntime::name)
                .sorted()
                .toList();
        return new LeaseRejectedException(
                Reason.NOT_FOUND,
                "There is no pool \"%s\". %s"
                        .formatted(
                                name,
                                known.isEmpty()
                                        ? "None is declared on this host: apply a playbook with pools."
                                        : "There are: " + String.join(", ", known) + "."));
    }

    /** Lend nothing more, and finish what has begun. Guests stay as they are, for the keeper that comes after. */
    @Override
    public void close() {
        closing = true;
        stable.close();
        pools.values().forEach(pool -> List.copyOf(pool.sessions().keySet()).forEach(pool::closeSession));
    }
}
