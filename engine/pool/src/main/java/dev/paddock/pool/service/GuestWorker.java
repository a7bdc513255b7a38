package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.golden.GoldenRule;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.SlotState;
import dev.paddock.pool.lease.StoreException;
import dev.paddock.pool.service.RefillPlanner.Job;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SavedState;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates, resets and removes guests, and ends their leases, on threads of its own. */
final class GuestWorker {
    private final LeaseStore store;
    private final SlotHost host;
    private final PoolClock clock;
    private final EventLog events;
    private final PoolMetrics metrics;
    private final PoolRegistry pools;
    private final WakeSignal wake;
    private final ResultsCollector results;
    private final LeaseTerminator terminator;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService threads;

    /** @param wake is sent whenever a slot is free for another job */
    GuestWorker(
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
        this.metrics = metrics;
        this.pools = pools;
        this.wake = wake;
        this.results = new ResultsCollector(host, events);
        this.terminator = new LeaseTerminator(store, metrics, events);
        var number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> Thread.ofPlatform()
                .daemon()
                .name("paddock-guest-" + number.incrementAndGet())
                .unstarted(task));
    }

    /** Start a job, unless its slot has one. */
    void start(PoolRuntime pool, Job job) {
        if (pool.beginJob(job)) {
            threads.execute(() -> run(pool, job));
        }
    }

    /**
     * End a lease that its user does not release. Its results are collected first, so a server that is killed meanwhile
     * loses none.
     */
    void endLease(Lease lease, LeaseEndReason reason) {
        var pool = pools.of(lease.slot());
        var hold = new Job.Clean(lease.slot());
        // Otherwise it is being released, or its end was noticed before.
        if (pool.beginJob(hold)) {
            threads.execute(() -> {
                try {
                    results.collect(lease);
                    if (terminator.end(lease, reason) && reason == LeaseEndReason.LOST) {
                        record(lease.slot()).ifPresent(this::scheduleRecreation);
                    }
                } catch (StoreException failure) {
                    events.add("keeper.trouble", "why", String.valueOf(failure.getMessage()));
                } finally {
                    pool.endJob(hold);
                    wake.send();
                }
            });
        }
    }

    /** Ping the ready guests of a pool, and recreate those that do not respond. */
    void ping(PoolRuntime pool) {
        pool.sessions()
                .forEach((number, session) -> threads.execute(() -> {
                    try {
                        session.ping();
                    } catch (SlotException failure) {
                        store.slot(pool.name(), number)
                                .filter(record -> withdraw(pool, record.slot()))
                                .ifPresent(record -> {
                                    events.add(
                                            "guest.deaf", "guest", record.slot().name(), "why", failure.reason());
                                    scheduleRecreation(record);
                                });
                    }
                }));
    }

    /** Take a ready guest out of the pool, so nobody can lease it. Return whether it was ready and is not any more. */
    boolean withdraw(PoolRuntime pool, PoolSlot slot) {
        if (!pool.tryAcquirePermit()) {
            return false;
        }
        if (!store.move(slot, SlotState.READY, SlotState.DIRTY)) {
            pool.releasePermit();
            return false;
        }
        pool.closeSession(slot.number());
        return true;
    }

    /** Record that the guest of a slot has to be recreated; the next plan does it. */
    void scheduleRecreation(SlotRecord record) {
        store.markMaking(new SlotRecord(
                record.slot(), SlotState.MAKING, record.incarnation(), record.digest(), record.made(), clock.millis()));
    }

    private void run(PoolRuntime pool, Job job) {
        var start = clock.nanos();
        var name = job.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        try {
            var done =
                    switch (job) {
                        case Job.Make make -> make(pool, make.slot());
                        case Job.Clean clean -> clean(pool, clean.slot());
                        case Job.Remove remove -> remove(pool, remove.slot());
                    };
            if (done) {
                var nanos = clock.nanos() - start;
                metrics.worked(pool.name(), name, nanos);
                if (!(job instanceof Job.Remove)) {
                    pool.succeeded();
                }
                events.add(
                        "guest." + name,
                        "pool",
                        pool.name(),
                        "guest",
                        job.slot().name(),
                        "milliseconds",
                        nanos / 1_000_000);
            }
        } catch (SlotException | StoreException failure) {
            metrics.failed(pool.name(), name);
            // A guest that cannot be cleaned is recreated at once.
            var pause = job instanceof Job.Clean ? Duration.ZERO : pool.failed(clock.millis());
            events.add(
                    "guest.failed",
                    "pool",
                    pool.name(),
                    "guest",
                    job.slot().name(),
                    "job",
                    name,
                    "why",
                    String.valueOf(failure.getMessage()),
                    "againInSeconds",
                    pause.toSeconds());
        } finally {
            pool.endJob(job);
            wake.send();
        }
    }

    private boolean make(PoolRuntime pool, PoolSlot slot) {
        var template = pool.template();
        var record = record(slot);
        if (template.isEmpty()
                || (record.filter(each -> each.state() == SlotState.READY).isPresent() && !withdraw(pool, slot))) {
            return false;
        }
        pool.closeSession(slot.number());
        var now = clock.millis();
        return switch (pool.golden().decide(host, template.get(), now)) {
            case GoldenRule.Decision.Copy(var state) -> copy(pool, template.get(), slot, state);
            case GoldenRule.Decision.Boot(var saves, var why) -> {
                reportGolden("guest.boot", pool, slot, why);
                yield boot(pool, template.get(), slot, saves);
            }
        };
    }

    /** Make a guest from the golden state, or boot it if that fails. */
    private boolean copy(PoolRuntime pool, PoolTemplate template, PoolSlot slot, SavedState golden) {
        var incarnation = incarnation();
        if (!mark(template, slot, incarnation, golden.made())) {
            return false;
        }
        try {
            host.copy(golden, template, slot, incarnation);
            return makeReady(pool, template, slot, SlotState.MAKING);
        } catch (SlotException failure) {
            if (failure.isOfLostHost()) {
                throw failure;
            }
            pool.golden().failed(golden, failure.reason(), clock.millis());
            reportGolden("golden.failed", pool, slot, failure.reason());
            return boot(pool, template, slot, false);
        }
    }

    private boolean boot(PoolRuntime pool, PoolTemplate template, PoolSlot slot, boolean saves) {
        var incarnation = incarnation();
        var now = clock.millis();
        if (!mark(template, slot, incarnation, now)) {
            return false;
        }
        host.make(template, slot, incarnation);
        if (saves) {
            try {
                host.saveGolden(template, slot, now);
                pool.golden().saved();
                reportGolden("golden.saved", pool, slot, "");
            } catch (SlotException failure) {
                if (failure.isOfLostHost()) {
                    throw failure;
                }
                pool.golden().refuse(template.digest(), failure.reason(), clock.millis());
                reportGolden("golden.failed", pool, slot, failure.reason());
            }
        }
        return makeReady(pool, template, slot, SlotState.MAKING);
    }

    private void reportGolden(String event, PoolRuntime pool, PoolSlot slot, String why) {
        events.add(event, "pool", pool.name(), "guest", slot.name(), "why", why);
    }

    private String incarnation() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }

    private boolean mark(PoolTemplate template, PoolSlot slot, String incarnation, long made) {
        return store.markMaking(
                new SlotRecord(slot, SlotState.MAKING, incarnation, template.digest(), made, clock.millis()));
    }

    private boolean clean(PoolRuntime pool, PoolSlot slot) {
        var record = record(slot).filter(each -> each.state() == SlotState.DIRTY);
        var template = pool.template();
        if (template.isEmpty() || record.isEmpty()) {
            return false;
        }
        pool.closeSession(slot.number());
        try {
            host.reset(template.get(), slot);
            return makeReady(pool, template.get(), slot, SlotState.DIRTY);
        } catch (SlotException failure) {
            // Its state is unknown, so it is recreated.
            scheduleRecreation(record.get());
            throw failure;
        }
    }

    private boolean makeReady(PoolRuntime pool, PoolTemplate template, PoolSlot slot, SlotState from) {
        var session = host.open(template, slot);
        var ready = false;
        try {
            session.ping();
            pool.sessions().put(slot.number(), session);
            ready = store.move(slot, from, SlotState.READY);
        } finally {
            if (!ready) {
                pool.sessions().remove(slot.number());
                session.close();
            }
        }
        if (ready) {
            pool.releasePermit();
        }
        return ready;
    }

    private boolean remove(PoolRuntime pool, PoolSlot slot) {
        var record = record(slot);
        if (record.isPresent()) {
            var state = record.get().state();
            if (state == SlotState.LEASED || (state == SlotState.READY && !withdraw(pool, slot))) {
                return false;
            }
        } else {
            metrics.orphan(pool.name());
            events.add("guest.orphan", "pool", pool.name(), "guest", slot.name());
        }
        pool.closeSession(slot.number());
        host.destroy(slot);
        store.remove(slot);
        return true;
    }

    private Optional<SlotRecord> record(PoolSlot slot) {
        return store.slot(slot.pool(), slot.number());
    }

    /** Accept no more work, and wait for the jobs that run. Return whether all of them ended in time. */
    boolean shutDown(Duration timeout) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
