package dev.paddock.pool.service;

import dev.paddock.host.process.PollInterval;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.KeptState;
import dev.paddock.pool.slot.LeaseResults;
import dev.paddock.pool.slot.SlotHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Leases the guests of pools, and keeps the pools filled. May be used by several threads.
 *
 * <p>The store of leases decides who has which guest. A leased guest counts as dirty before its user's first byte reaches
 * it, and is leased again only after its memory and disks were reset, or it was recreated.
 */
public final class LeaseService implements AutoCloseable {
    /** The user who may use any lease. */
    public static final String ROOT = "root";

    private static final Duration HOLD_POLL = Duration.ofMillis(10);

    private final LeaseStore store;
    private final SlotHost host;
    private final PoolClock clock;
    private final EventLog events;
    private final PoolMetrics metrics;
    private final WakeSignal wake;
    private final PoolRegistry pools;
    private final ResultsCollector results;
    private final LeaseTerminator terminator;
    private final PoolReconciler reconciler;
    private final AcquireHandler acquireHandler;
    private final ForkHandler forkHandler;

    public LeaseService(LeaseStore store, SlotHost host, PoolClock clock, EventLog events, PoolMetrics metrics) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.events = events;
        this.metrics = metrics;
        this.wake = new WakeSignal();
        this.pools = new PoolRegistry(store, host, clock, events, wake);
        this.results = new ResultsCollector(host, events);
        this.terminator = new LeaseTerminator(store, metrics, events);
        this.reconciler = new PoolReconciler(store, host, clock, events, metrics, pools, wake);
        this.acquireHandler = new AcquireHandler(store, clock, events, metrics, pools, wake);
        this.forkHandler = new ForkHandler(store, host, clock, events, pools, reconciler.worker(), terminator, wake);
    }

    /** Recover from the end of an earlier server, and start to fill the pools. */
    public void start() {
        reconciler.start();
        metrics.watch(store::slots);
    }

    /** Have the declared pools read again, and reconciled, now instead of at the next interval. */
    public void requestRefresh() {
        reconciler.requestRefresh();
    }

    /**
     * Lease a guest, waiting for one that is ready as the request or the pool says.
     *
     * @throws LeaseRejectedException when there is no pool, or no guest in time, or the user may have none
     */
    public AcquireResult acquire(AcquireRequest request) {
        return acquireHandler.acquire(request);
    }

    /**
     * Lease new guests that go on from the memory and the disks of a leased one.
     *
     * @throws LeaseRejectedException when the lease has ended, there is no room, or it cannot be forked; then there are no
     *     new leases
     */
    public ForkResult fork(ForkRequest request) {
        var parent = lease(request.source(), request.owner());
        if (!parent.isOpen()) {
            throw ended(parent);
        }
        return forkHandler.fork(parent, request);
    }

    /** Lease new guests that go on from a state that the user has kept. */
    public List<Lease> forkKept(String pool, ForkRequest request) {
        return forkHandler.forkKept(pool, request);
    }

    /** Return the states of a pool that a user has kept; all for root. */
    public List<KeptState> kept(String pool, String owner) {
        return forkHandler.kept(pool, owner);
    }

    /** Delete a state that a user has kept. Guests that go on from it are not affected. */
    public void deleteKept(String pool, String name, String owner) {
        forkHandler.delete(pool, name, owner);
    }

    /** Extend a lease to a duration from now, within what the pool allows; by default to the pool's lease time. */
    public Lease extend(String id, String owner, Optional<Duration> duration) {
        var lease = lease(id, owner);
        var more = duration.or(
                        () -> pools.require(lease.slot().pool()).template().map(template -> template.spec()
                                .lease()))
                .orElse(Duration.ZERO);
        var extended = store.extend(id, clock.millis() + more.toMillis()).orElseThrow(() -> ended(lease));
        events.add(
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
     * Release a guest. Releasing a lease that has ended is no error.
     *
     * <p>The lease ends when its results are copied, so a caller who tries again after the server was killed meanwhile
     * gets them. If they cannot be copied, the lease goes on until it expires.
     *
     * @param discard whether to drop the results
     * @return the complete results; until they are copied nobody gets the guest, and it is not reset
     */
    public LeaseResults release(String id, String owner, boolean discard) {
        var lease = lease(id, owner);
        var pool = pools.require(lease.slot().pool());
        var hold = new RefillPlanner.Job.Clean(lease.slot());
        while (!pool.beginJob(hold)) {
            // Either the lease has ended, or another thread is about to find out that it has not.
            if (!lease(id, owner).isOpen() || !PollInterval.of(HOLD_POLL)) {
                return host.results(id);
            }
        }
        try {
            if (!lease(id, owner).isOpen()) {
                return host.results(id);
            }
            var outcome = discard ? ResultsCollector.Outcome.NOTHING : results.collect(lease);
            outcome.failure().ifPresent(why -> {
                throw new LeaseRejectedException(
                        Reason.RESULTS_NOT_KEPT,
                        "The results of \"%s\" cannot be kept, so the guest is still yours: %s Make room and release it again, or release it with --discard, without results."
                                .formatted(id, why));
            });
            terminator.end(lease, LeaseEndReason.RELEASED);
            return outcome.results();
        } finally {
            pool.endJob(hold);
            wake.send();
        }
    }

    /**
     * Return a lease, open or ended, for its owner or for root.
     *
     * @throws LeaseRejectedException when there is no such lease, or it belongs to another user
     */
    public Lease lease(String id, String owner) {
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

    /** Return the address of a leased guest, if its pool assigns one. */
    public Optional<String> address(Lease lease) {
        return pools.find(lease.slot().pool())
                .flatMap(PoolRuntime::template)
                .flatMap(template -> template.spec().addresses())
                .flatMap(range -> range.of(lease.slot().number()));
    }

    /** Return the open leases of a user; without one, of all users. */
    public List<Lease> leases(Optional<String> owner) {
        return store.open().stream()
                .filter(lease -> owner.isEmpty() || owner.get().equals(lease.owner()))
                .toList();
    }

    /** Drain a pool: lease no more guests from it, and remove its guests as they are released; or undo that. */
    public void setDrained(String name, boolean drained) {
        pools.require(name);
        store.drain(name, drained);
        events.add(drained ? "pool.drained" : "pool.opened", "pool", name);
        wake.send();
    }

    /** Return the status of all declared pools, by name. */
    public Map<String, PoolStatus> status() {
        Map<String, PoolStatus> statuses = new TreeMap<>();
        var drained = store.drained();
        var records = store.slots();
        pools.all().forEach(pool -> pool.template()
                .ifPresent(template -> statuses.put(
                        pool.name(),
                        PoolStatus.of(
                                template,
                                records.stream()
                                        .filter(record -> record.slot().pool().equals(pool.name()))
                                        .toList(),
                                drained.contains(pool.name()),
                                pool.waiting().get(),
                                pool.golden().whyBoots(template, clock.millis())))));
        return statuses;
    }

    /** Return whether the pools are still reconciled. */
    public boolean isHealthy() {
        return reconciler.isHealthy();
    }

    public EventLog events() {
        return events;
    }

    /** Lease no more guests, and finish what was started. Guests stay as they are, for the next server. */
    @Override
    public void close() {
        acquireHandler.close();
        reconciler.close();
        pools.all().forEach(PoolRuntime::closeSessions);
    }
}
