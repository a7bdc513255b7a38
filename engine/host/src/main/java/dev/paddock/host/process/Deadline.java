package dev.paddock.host.process;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time by which a wait has to end, by a clock that never jumps. */
public final class Deadline {
    private final Duration limit;
    private final LongSupplier clock;
    private final long start;

    private Deadline(Duration limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /** Start a wait of at most this time. */
    public static Deadline after(Duration limit) {
        return after(limit, System::nanoTime);
    }

    /**
     * Start a wait of at most this time.
     *
     * @param clock in nanoseconds, from any origin
     */
    static Deadline after(Duration limit, LongSupplier clock) {
        return new Deadline(limit, clock);
    }

    /** Return the time since the wait started. */
    public Duration elapsed() {
        return Duration.ofNanos(clock.getAsLong() - start);
    }

    public boolean isOver() {
        return elapsed().compareTo(limit) >= 0;
    }

    /** Wait before the next poll; return false, at once, if the wait is over, or if this thread was interrupted. */
    public boolean pause(Duration interval) {
        return !isOver() && PollInterval.of(interval);
    }
}
