package dev.paddock.pool.service;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.SlotState;
import dev.paddock.pool.lease.StoreException;
import dev.paddock.pool.service.RefillPlanner.Job;
import dev.paddock.pool.slot.ObservedSlot;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SlotException;
import dev.paddock.pool.slot.SlotHost;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Keeps the pools filled: one thread looks and decides, others do what takes long. */
final class PoolReconciler implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_DECLARATIONS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(15);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final Duration LONGEST_TURN = Duration.ofMinutes(5);
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final Duration PATIENCE_TO_CLOSE = Duration.ofSeconds(30);

    private final LeaseStore store;
    private final SlotHost host;
    private final LongSupplier clock;
    private final EventLog events;
    private final PoolMetrics meters;
    private final Map<String, PoolRuntime> pools;
    private final ResultsCollector harvest;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore woken = new Semaphore(0);
    private final ExecutorService workers;
    private final Thread thread;
    private volatile boolean closed;
    private volatile String trouble = "";
    private volatile long lastTurn;
    private volatile boolean isToLook;
    private volatile long lastDeclaration;
    private long lastLook;
    private long lastPing;
    private long lastCleaning;

    PoolReconciler(
            LeaseStore store,
            SlotHost host,
            LongSupplier clock,
            EventLog events,
            PoolMetrics meters,
            Map<String, PoolRuntime> pools) {
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.events = events;
        this.meters = meters;
        this.pools = pools;
        this.harvest = new ResultsCollector(host, events);
        var number = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(task -> daemon(task, "paddock-guest-" + number.incrementAndGet()));
        this.thread = daemon(this::run, "paddock-stable");
    }

    private static Thread daemon(Runnable task, String name) {
        return Thread.ofPlatform().daemon().name(name).unstarted(task);
    }

    void start() {
        reconcile();
        thread.start();
    }

    void wake() {
        woken.release();
    }

    void lookNow() {
        isToLook = true;
        wake();
    }

    /** A libvirt that hangs is given up after a time, and makes a turn long. */
    boolean isWell() {
        return thread.isAlive() && clock.getAsLong() - lastTurn < LONGEST_TURN.toMillis();
    }

    private void run() {
        while (!closed) {
            lastTurn = clock.getAsLong();
            try {
                if (woken.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
                turn();
                trouble = "";
            } catch (SlotException | StoreException failure) {
                // What goes on for long is told once.
                var reason = String.valueOf(failure.getMessage());
                if (!trouble.equals(reason)) {
                    trouble = reason;
                    events.note("keeper.trouble", "why", reason);
                }
            } catch (InterruptedException end) {
                return;
            } catch (RuntimeException bug) {
                // The pools are kept as well as that goes.
                events.trouble("keeper.bug", bug);
            }
        }
    }

    private void turn() {
        store.overdue().forEach(lease -> over(lease, LeaseEndReason.EXPIRED));
        var now = clock.getAsLong();
        if (isToLook || now - lastDeclaration >= BETWEEN_DECLARATIONS.toMillis()) {
            isToLook = false;
            lookForPools();
        }
        if (now - lastLook >= BETWEEN_LOOKS.toMillis()) {
            lastLook = now;
            look();
        }
        if (now - lastPing >= BETWEEN_PINGS.toMillis()) {
            lastPing = now;
            pools.values().forEach(this::ping);
        }
        if (now - lastCleaning >= BETWEEN_CLEANINGS.toMillis()) {
            lastCleaning = now;
            store.forget(REMEMBERED.toMillis());
        }
        var drained = store.drained();
        var records = byPool(store.slots());
        for (var pool : pools.values()) {
            decide(pool, records.getOrDefault(pool.name(), List.of()), drained.contains(pool.name()), now)
                    .forEach(job -> begin(pool, job));
        }
    }

    private static Map<String, List<SlotRecord>> byPool(List<SlotRecord> records) {
        return records.stream()
                .collect(Collectors.groupingBy(record -> record.slot().pool()));
    }

    private List<Job> decide(PoolRuntime pool, List<SlotRecord> records, boolean drained, long now) {
        var busy = pool.busy();
        var pattern = pool.pattern();
        if (pattern.isEmpty()) {
            return RefillPlanner.ofNone(records, busy);
        }
        var jobs = RefillPlanner.of(new RefillPlanner.View(
                pattern.get(),
                records,
                busy,
                pool.coming(),
                pool.making(),
                pool.waiting().get(),
                drained,
                now));
        return pool.isPaused(now)
                ? jobs.stream().filter(Job.Clean.class::isInstance).toList()
                : jobs;
    }

    /** Look what is declared. */
    synchronized void lookForPools() {
        lastDeclaration = clock.getAsLong();
        declare(host.patterns());
    }

    /** Look what there is: guests that ended, guests that nobody knows. */
    private void look() {
        var before = store.slots();
        var found = host.guests().stream()
                .collect(Collectors.toMap(
                        guest -> guest.mark().slot().name(), Function.identity(), (first, second) -> first));
        for (var record : before) {
            var guest = found.get(record.slot().name());
            var isThere =
                    guest != null && guest.runs() && guest.mark().incarnation().equals(record.incarnation());
            if (!isThere) {
                gone(record);
            }
        }
        var known =
                before.stream().collect(Collectors.toMap(record -> record.slot().name(), SlotRecord::incarnation));
        found.values().stream()
                .filter(guest -> !guest.mark()
                        .incarnation()
                        .equals(known.get(guest.mark().slot().name())))
                .forEach(this::orphan);
    }

    private void declare(List<PoolTemplate> patterns) {
        Map<String, PoolTemplate> declared = new HashMap<>();
        patterns.forEach(pattern -> declared.put(pattern.name(), pattern));
        declared.keySet().forEach(name -> pools.computeIfAbsent(name, PoolRuntime::new));
        store.slots().forEach(record -> pools.computeIfAbsent(record.slot().pool(), PoolRuntime::new));
        pools.forEach((name, pool) -> {
            var pattern = Optional.ofNullable(declared.get(name));
            if (!pool.pattern().map(PoolTemplate::digest).equals(pattern.map(PoolTemplate::digest))) {
                events.note(pattern.isPresent() ? "pool.declared" : "pool.removed", "pool", name);
            }
            pool.declare(pattern);
        });
    }

    /** The guest of a slot ended by itself. */
    private void gone(SlotRecord record) {
        var pool = pool(record.slot());
        if (pool.busy().contains(record.slot().number())) {
            return;
        }
        switch (record.state()) {
            case LEASED ->
                store.open().stream()
                        .filter(each -> each.slot().equals(record.slot())
                                && each.incarnation().equals(record.incarnation()))
                        .findFirst()
                        .ifPresent(lease -> over(lease, LeaseEndReason.LOST));
            case READY -> {
                if (withdraw(pool, record.slot())) {
                    events.note(
                            "guest.gone",
                            "pool",
                            pool.name(),
                            "guest",
                            record.slot().name());
                    remake(record);
                }
            }
            case DIRTY -> remake(record);
            case MAKING -> {}
        }
    }

    private void remake(SlotRecord record) {
        store.making(new SlotRecord(
                record.slot(),
                SlotState.MAKING,
                record.incarnation(),
                record.digest(),
                record.made(),
                clock.getAsLong()));
    }

    /**
     * A lease is over by itself. Its results are kept for its user all the same, before it ends; so a keeper that is
     * killed meanwhile loses none.
     */
    private void over(Lease lease, LeaseEndReason how) {
        var pool = pool(lease.slot());
        var hold = new Job.Clean(lease.slot());
        // Else it is just being released, or this was seen before.
        if (pool.begin(hold)) {
            workers.execute(() -> {
                try {
                    harvest.of(lease);
                    if (ended(lease, how) && how == LeaseEndReason.LOST) {
                        record(lease.slot()).ifPresent(this::remake);
                    }
                } catch (StoreException failure) {
                    events.note("keeper.trouble", "why", String.valueOf(failure.getMessage()));
                } finally {
                    pool.end(hold);
                    wake();
                }
            });
        }
    }

    /** Keep that a lease has ended. Return whether it lasted until now. */
    boolean ended(Lease lease, LeaseEndReason how) {
        var ended = store.end(lease, how);
        if (ended) {
            meters.ended(lease.slot().pool(), how);
            events.note(
                    "lease." + how.word(),
                    "pool",
                    lease.slot().pool(),
                    "guest",
                    lease.slot().name(),
                    "owner",
                    lease.owner());
        }
        return ended;
    }

    /** Remove a guest with the mark of a pool that nothing is known of: nobody can say who had it. */
    private void orphan(ObservedSlot guest) {
        var slot = guest.mark().slot();
        begin(pool(slot), new Job.Remove(slot));
    }

    private PoolRuntime pool(PoolSlot slot) {
        return pools.computeIfAbsent(slot.pool(), PoolRuntime::new);
    }

    private void ping(PoolRuntime pool) {
        pool.sessions()
                .forEach((number, session) -> workers.execute(() -> {
                    try {
                        session.ping();
                    } catch (SlotException deaf) {
                        store.slot(pool.name(), number)
                                .filter(record -> withdraw(pool, record.slot()))
                                .ifPresent(record -> {
                                    events.note(
                                            "guest.deaf", "guest", record.slot().name(), "why", deaf.reason());
                                    remake(record);
                                });
                    }
                }));
    }

    /** Take a ready guest out of what is lent. */
    private boolean withdraw(PoolRuntime pool, PoolSlot slot) {
        if (!pool.permitNow()) {
            return false;
        }
        if (!store.move(slot, SlotState.READY, SlotState.DIRTY)) {
            pool.allow();
            return false;
        }
        pool.closeSession(slot.number());
        return true;
    }

    private void begin(PoolRuntime pool, Job job) {
        if (pool.begin(job)) {
            workers.execute(() -> work(pool, job));
        }
    }

    private void work(PoolRuntime pool, Job job) {
        var start = System.nanoTime();
        var what = job.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        try {
            var done =
                    switch (job) {
                        case Job.Make make -> make(pool, make.slot());
                        case Job.Clean clean -> clean(pool, clean.slot());
                        case Job.Remove remove -> remove(pool, remove.slot());
                    };
            if (done) {
                var nanos = System.nanoTime() - start;
                meters.worked(pool.name(), what, nanos);
                if (!(job instanceof Job.Remove)) {
                    pool.succeeded();
                }
                events.note(
                        "guest." + what,
                        "pool",
                        pool.name(),
                        "guest",
                        job.slot().name(),
                        "milliseconds",
                        nanos / 1_000_000);
            }
        } catch (SlotException | StoreException failure) {
            meters.failed(pool.name(), what);
            // A guest that cannot be cleaned is made anew at once.
            var pause = job instanceof Job.Clean ? Duration.ZERO : pool.failed(clock.getAsLong());
            events.note(
                    "guest.failed",
                    "pool",
                    pool.name(),
                    "guest",
                    job.slot().name(),
                    "job",
                    what,
                    "why",
                    String.valueOf(failure.getMessage()),
                    "againInSeconds",
                    pause.toSeconds());
        } finally {
            pool.end(job);
            wake();
        }
    }

    private boolean make(PoolRuntime pool, PoolSlot slot) {
        var pattern = pool.pattern();
        var record = record(slot);
        if (pattern.isEmpty()
                || (record.filter(each -> each.state() == SlotState.READY).isPresent() && !withdraw(pool, slot))) {
            return false;
        }
        pool.closeSession(slot.number());
        var incarnation = HexFormat.of().toHexDigits(random.nextInt());
        var now = clock.getAsLong();
        if (!store.making(new SlotRecord(
                slot, SlotState.MAKING, incarnation, pattern.get().digest(), now, now))) {
            return false;
        }
        host.make(pattern.get(), slot, incarnation);
        return ready(pool, pattern.get(), slot, SlotState.MAKING);
    }

    private boolean clean(PoolRuntime pool, PoolSlot slot) {
        var record = record(slot).filter(each -> each.state() == SlotState.DIRTY);
        var pattern = pool.pattern();
        if (pattern.isEmpty() || record.isEmpty()) {
            return false;
        }
        pool.closeSession(slot.number());
        try {
            host.reset(pattern.get(), slot);
            return ready(pool, pattern.get(), slot, SlotState.DIRTY);
        } catch (SlotException failure) {
            // It is made anew, whatever it is now.
            remake(record.get());
            throw failure;
        }
    }

    private boolean ready(PoolRuntime pool, PoolTemplate pattern, PoolSlot slot, SlotState from) {
        var session = host.open(pattern, slot);
        var kept = false;
        try {
            session.ping();
            pool.sessions().put(slot.number(), session);
            kept = store.move(slot, from, SlotState.READY);
        } finally {
            if (!kept) {
                pool.sessions().remove(slot.number());
                session.close();
            }
        }
        if (kept) {
            pool.allow();
        }
        return kept;
    }

    private boolean remove(PoolRuntime pool, PoolSlot slot) {
        var record = record(slot);
        if (record.isPresent()) {
            var state = record.get().state();
            if (state == SlotState.LEASED || (state == SlotState.READY && !withdraw(pool, slot))) {
                return false;
            }
        } else {
            meters.orphan(pool.name());
            events.note("guest.orphan", "pool", pool.name(), "guest", slot.name());
        }
        pool.closeSession(slot.number());
        host.destroy(slot);
        store.remove(slot);
        return true;
    }

    private Optional<SlotRecord> record(PoolSlot slot) {
        return store.slot(slot.pool(), slot.number());
    }

    /**
     * Put right what an earlier keeper left. Leases of guests that run on go on; guests that were ready are made clean
     * again, as somebody may have used them meanwhile; all others are made anew.
     */
    private void reconcile() {
        store.uncertain().forEach(lease -> ended(lease, LeaseEndReason.LOST));
        lookForPools();
        var running = host.guests().stream()
                .filter(ObservedSlot::runs)
                .map(guest -> guest.mark().slot().name() + "\n" + guest.mark().incarnation())
                .collect(Collectors.toSet());
        for (var record : store.slots()) {
            var isThere = running.contains(record.slot().name() + "\n" + record.incarnation());
            settle(record, isThere, store.open());
        }
    }

    private void settle(SlotRecord record, boolean isThere, List<Lease> leases) {
        var lease = leases.stream()
                .filter(each -> each.slot().equals(record.slot()))
                .filter(each -> each.incarnation().equals(record.incarnation()))
                .findFirst();
        if (record.state() == SlotState.LEASED && lease.isPresent()) {
            if (!isThere) {
                over(lease.get(), LeaseEndReason.LOST);
            }
            return;
        }
        lease.ifPresent(each -> ended(each, LeaseEndReason.LOST));
        Set.of(SlotState.READY, SlotState.LEASED).forEach(state -> store.move(record.slot(), state, SlotState.DIRTY));
        if (!isThere || record.state() == SlotState.MAKING) {
            remake(record);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            // It gives work to the others.
            thread.join(PATIENCE_TO_CLOSE.toMillis());
            workers.shutdown();
            if (!workers.awaitTermination(PATIENCE_TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                events.note("keeper.hurried", "why", "Guests are still being made; the next keeper makes them anew.");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
