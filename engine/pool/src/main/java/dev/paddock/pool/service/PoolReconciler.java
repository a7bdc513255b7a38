package dev.paddock.pool.service;

import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.golden.GoldenRule;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.StoreException;
import dev.paddock.pool.service.RefillPlanner.Job;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reconciles pools: one thread observes and plans, workers create, reset and remove guests. */
final class PoolReconciler implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration OBSERVE_INTERVAL = Duration.ofSeconds(2);
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(10);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(15);
    private static final Duration CLEANUP_INTERVAL = Duration.ofHours(1);
    private static final Duration MAX_CYCLE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final LeaseStore store;
    private final SlotHost host;
    private final PoolClock clock;
    private final EventLog events;
    private final PoolRegistry pools;
    private final WakeSignal wake;
    private final GuestWorker worker;
    private final SlotObserver observer;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long cycleStart;
    private volatile boolean refreshRequested;
    private String lastFailure = "";
    private long lastObservation;
    private long lastPing;
    private long lastCleanup;

    PoolReconciler(
            LeaseStore store,
            SlotHost host,
            PoolClock clock,
            EventLog events,
            PoolMetrics metrics,
            PoolRegistry pools,
            WakeSignal wake) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.events = events;
        this.pools = pools;
        this.wake = wake;
        this.worker = new GuestWorker(store, host, clock, events, metrics, pools, wake);
        this.observer =
                new SlotObserver(store, host, events, pools, worker, new LeaseTerminator(store, metrics, events));
        this.thread = Thread.ofPlatform().daemon().name("paddock-reconciler").unstarted(this::run);
    }

    /** Recover from the end of an earlier server, then reconcile until closed. */
    void start() {
        observer.recover();
        thread.start();
    }

    GuestWorker worker() {
        return worker;
    }

    /** Have the next cycle read the declared pools, and start it now. */
    void requestRefresh() {
        refreshRequested = true;
        wake.send();
    }

    /** Return whether cycles end in time. A call to libvirt that hangs times out, which only makes a cycle long. */
    boolean isHealthy() {
        return thread.isAlive() && clock.millis() - cycleStart < MAX_CYCLE.toMillis();
    }

    private void run() {
        while (!closed) {
            cycleStart = clock.millis();
            try {
                wake.await(TICK);
                reconcile();
                lastFailure = "";
            } catch (SlotException | StoreException failure) {
                // A failure that lasts is reported once.
                var reason = String.valueOf(failure.getMessage());
                if (!lastFailure.equals(reason)) {
                    lastFailure = reason;
                    events.add("keeper.trouble", "why", reason);
                }
            } catch (InterruptedException interruption) {
                return;
            } catch (RuntimeException bug) {
                // The other pools, and later cycles, go on.
                events.addFailure("keeper.bug", bug);
            }
        }
    }

    private void reconcile() {
        store.overdue().forEach(lease -> worker.endLease(lease, LeaseEndReason.EXPIRED));
        var now = clock.millis();
        if (refreshRequested || now - pools.refreshedAt() >= REFRESH_INTERVAL.toMillis()) {
            refreshRequested = false;
            pools.refresh();
        }
        if (now - lastObservation >= OBSERVE_INTERVAL.toMillis()) {
            lastObservation = now;
            observer.observe();
        }
        if (now - lastPing >= PING_INTERVAL.toMillis()) {
            lastPing = now;
            pools.all().forEach(worker::ping);
        }
        if (now - lastCleanup >= CLEANUP_INTERVAL.toMillis()) {
            lastCleanup = now;
            store.forget(RETENTION.toMillis());
        }
        var drained = store.drained();
        // Before the slots are read: a job that ends in between has changed them, and nothing is planned for them yet.
        var all = pools.all();
        var jobs = all.stream().map(PoolRuntime::jobs).toList();
        var records = byPool(store.slots());
        for (var i = 0; i < all.size(); i++) {
            var pool = all.get(i);
            plan(pool, jobs.get(i), records.getOrDefault(pool.name(), List.of()), drained.contains(pool.name()), now)
                    .forEach(job -> worker.start(pool, job));
        }
    }

    private static Map<String, List<SlotRecord>> byPool(List<SlotRecord> records) {
        return records.stream()
                .collect(Collectors.groupingBy(record -> record.slot().pool()));
    }

    private List<Job> plan(
            PoolRuntime pool, PoolRuntime.Jobs running, List<SlotRecord> records, boolean drained, long now) {
        var busy = running.slots();
        var template = pool.template();
        if (template.isEmpty()) {
            return RefillPlanner.planRemoval(records, busy);
        }
        var jobs = RefillPlanner.plan(new RefillPlanner.View(
                template.get(),
                records,
                busy,
                running.pending(),
                running.making(),
                starts(pool, template.get(), now),
                pool.waiting().get(),
                drained,
                now));
        return pool.isPaused(now)
                ? jobs.stream().filter(Job.Clean.class::isInstance).toList()
                : jobs;
    }

    /** All guests but the first are copied, so they wait for it. */
    private int starts(PoolRuntime pool, PoolTemplate template, long now) {
        return pool.golden().decide(host, template, now) instanceof GoldenRule.Decision.Boot boot && boot.saves()
                ? 1
                : template.spec().starts();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            // This thread gives work to the workers, so it ends first.
            thread.join(CLOSE_TIMEOUT.toMillis());
            if (!worker.shutDown(CLOSE_TIMEOUT)) {
                events.add(
                        "keeper.hurried",
                        "why",
                        "VMs are still being created; the next pool server creates them again.");
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
