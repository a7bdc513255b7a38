package dev.paddock.pool.service;

import dev.paddock.pool.golden.PoolGolden;
import dev.paddock.pool.slot.GuestSession;
import dev.paddock.pool.slot.PoolTemplate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The in-memory state of a pool; everything else is in the store.
 *
 * <p>Each permit is the right to one ready guest. Permits are granted in the order of the requests, so no request
 * starves; a thread that removes a ready guest has to acquire a permit as well.
 */
final class PoolRuntime {
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 6;

    private final String name;
    private final Semaphore permits = new Semaphore(0, true);
    private final Map<Integer, GuestSession> sessions = new ConcurrentHashMap<>();
    private final Map<Integer, RefillPlanner.Job> jobs = new HashMap<>();
    private final PoolGolden golden = new PoolGolden();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Optional<PoolTemplate> template = Optional.empty();
    private int failures;
    private long pausedUntil;

    PoolRuntime(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Return the declared template; absent when the pool is no longer declared. */
    Optional<PoolTemplate> template() {
        return template;
    }

    void declare(Optional<PoolTemplate> declared) {
        template = declared;
    }

    /** Acquire the right to a ready guest, in the order of the requests. Return whether it was granted in time. */
    boolean acquirePermit(Duration timeout) throws InterruptedException {
        return permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Acquire the right to a ready guest if one is available, ahead of requests that wait. */
    boolean tryAcquirePermit() {
        return permits.tryAcquire();
    }

    /** Release a permit: a guest became ready, or the right to one was not used. */
    void releasePermit() {
        permits.release();
    }

    /** Return the number of requests that wait for a guest to be booted for them. */
    AtomicInteger waiting() {
        return waiting;
    }

    PoolGolden golden() {
        return golden;
    }

    /** Return the open sessions of ready guests, by slot number. */
    Map<Integer, GuestSession> sessions() {
        return sessions;
    }

    void closeSession(int number) {
        var session = sessions.remove(number);
        if (session != null) {
            session.close();
        }
    }

    void closeSessions() {
        List.copyOf(sessions.keySet()).forEach(this::closeSession);
    }

    /** Return the numbers of the slots that have a job. */
    synchronized Set<Integer> busySlots() {
        return new HashSet<>(jobs.keySet());
    }

    /**
     * The jobs of a pool at one moment.
     *
     * @param slots the numbers of the slots that have one
     * @param pending how many of them end in a ready guest
     * @param making how many of them create a guest
     */
    record Jobs(Set<Integer> slots, int pending, int making) {}

    synchronized Jobs jobs() {
        return new Jobs(
                new HashSet<>(jobs.keySet()),
                (int) jobs.values().stream()
                        .filter(job -> !(job instanceof RefillPlanner.Job.Remove))
                        .count(),
                (int) jobs.values().stream()
                        .filter(RefillPlanner.Job.Make.class::isInstance)
                        .count());
    }

    /** Reserve a slot for a job. Return whether it had none. */
    synchronized boolean beginJob(RefillPlanner.Job job) {
        return jobs.putIfAbsent(job.slot().number(), job) == null;
    }

    synchronized void endJob(RefillPlanner.Job job) {
        jobs.remove(job.slot().number());
    }

    synchronized boolean isPaused(long now) {
        return now < pausedUntil;
    }

    synchronized void succeeded() {
        failures = 0;
        pausedUntil = 0;
    }

    /** Pause after a failed job, longer with each failure in a row. Return the length of the pause. */
    synchronized Duration failed(long now) {
        failures++;
        var pause = Duration.ofSeconds(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        pausedUntil = now + Math.min(pause.toMillis(), MAX_PAUSE.toMillis());
        return Duration.ofMillis(pausedUntil - now);
    }
}
