package dev.paddock.pool.service;

import dev.paddock.pool.event.PoolClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that runs, and that a test can advance. */
public final class AdvanceableClock {
    private final AtomicLong advanced = new AtomicLong();

    public PoolClock poolClock() {
        return new PoolClock(() -> nanos() / 1_000_000, this::nanos, InstantSource.system());
    }

    private long nanos() {
        return System.nanoTime() + advanced.get();
    }

    void advance(Duration time) {
        advanced.addAndGet(time.toNanos());
    }
}
