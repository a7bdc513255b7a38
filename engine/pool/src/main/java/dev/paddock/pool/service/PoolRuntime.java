package dev.paddock.pool.service;

import dev.paddock.pool.slot.GuestSession;
import dev.paddock.pool.slot.PoolTemplate;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the keeper has at hand of a pool while it runs; all else is in the store.
 *
 * <p>Each permit is the right to one guest that is ready. They are given in the order in which they were asked for, so
 * nobody starves; whoever removes a ready guest has to get one as well.
 */
final class PoolRuntime {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    private final String name;
    private final Semaphore permits = new Semaphore(0, true);
    private final Map<Integer, GuestSession> sessions = new ConcurrentHashMap<>();
    private final Map<Integer, RefillPlanner.Job> jobs = new HashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Optional<PoolTemplate> pattern = Optional.empty();
    private int failures;
    private long pausedUntil;

    PoolRuntime(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Return what it is declared as; absent when it is no more. */
    Optional<PoolTemplate> pattern() {
        return pattern;
    }

    void declare(Optional<PoolTemplate> declared) {
        pattern = declared;
    }

    /** Get the right to a ready guest, in one's turn. */
    boolean permit(Duration patience) throws InterruptedException {
        return permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Get the right to a ready guest if there is one to spare. */
    boolean permitNow() {
        return permits.tryAcquire();
    }

    /** A guest became ready, or a right to one was not used. */
    void allow() {
        permits.release();
    }

    AtomicInteger waiting() {
        return waiting;
    }

    Map<Integer, GuestSession> sessions() {
        return sessions;
    }

    void closeSession(int number) {
        var session = sessions.remove(number);
        if (session != null) {
            session.close();
        }
    }

    synchronized Set<Integer> busy() {
        return new HashSet<>(jobs.keySet());
    }

    synchronized int coming() {
        return (int) jobs.values().stream()
                .filter(job -> !(job instanceof RefillPlanner.Job.Remove))
                .count();
    }

    synchronized int making() {
        return (int) jobs.values().stream()
                .filter(RefillPlanner.Job.Make.class::isInstance)
                .count();
    }

    synchronized boolean begin(RefillPlanner.Job job) {
        return jobs.putIfAbsent(job.slot().number(), job) == null;
    }

    synchronized void end(RefillPlanner.Job job) {
        jobs.remove(job.slot().number());
    }

    synchronized boolean isPaused(long now) {
        return now < pausedUntil;
    }

    synchronized void succeeded() {
        failures = 0;
        pausedUntil = 0;
    }

    /** Return how long to leave it alone, longer with each failure in a row. */
    synchronized Duration failed(long now) {
        failures++;
        var pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        pausedUntil = now + Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(pausedUntil - now);
    }
}
