package dev.paddock.pool.event;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of the pool server. They are passed in, so tests can drive time.
 *
 * @param boot milliseconds since the machine started; nobody can set this clock
 * @param ticker nanoseconds from an arbitrary origin, to measure durations
 * @param wall the time of day
 */
public record PoolClock(LongSupplier boot, LongSupplier ticker, InstantSource wall) {
    /** Return the milliseconds since the machine started. */
    public long millis() {
        return boot.getAsLong();
    }

    /** Return nanoseconds that are only comparable with one another. */
    public long nanos() {
        return ticker.getAsLong();
    }

    /** Return the time of day. */
    public Instant now() {
        return wall.instant();
    }
}
