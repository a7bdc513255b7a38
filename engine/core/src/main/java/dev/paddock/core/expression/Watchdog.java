package dev.paddock.core.expression;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Limits the time of each evaluation. An evaluation that takes longer is interrupted, and abandoned if it does not react:
 * Java cannot stop a thread by force.
 */
public final class Watchdog {
    /** How a body ended. */
    public enum End {
        DONE,
        /** An evaluation did not end, and may still be running. */
        ABANDONED,
        /** The calling thread was interrupted. */
        INTERRUPTED
    }

    /** The stack size in bytes, enough for the deepest nesting of values that files may have. */
    private static final long STACK = 32L * 1024 * 1024;

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long TICK_MILLIS = 50;

    private final Duration limit;
    private int depth;
    private long started;
    private boolean expired;

    public Watchdog(Duration limit) {
        this.limit = limit;
    }

    synchronized void begin() {
        if (depth++ == 0) {
            started = System.nanoTime();
            expired = false;
        }
    }

    synchronized void end() {
        if (--depth == 0) {
            // An interrupt that came too late for this evaluation must not stop the next one.
            Thread.interrupted();
        }
    }

    /** Return whether the current evaluation has exceeded the limit. */
    synchronized boolean expired() {
        return expired;
    }

    /** Run the body in a thread of its own and watch its evaluations. Rethrows exceptions of the body. */
    public End run(Runnable body) {
        var task = new FutureTask<>(body, null);
        var thread = new Thread(null, task, "bind", STACK);
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                task.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                return End.DONE;
            } catch (TimeoutException running) {
                if (isOverdue(thread)) {
                    return End.ABANDONED;
                }
            } catch (InterruptedException interrupted) {
                thread.interrupt();
                Thread.currentThread().interrupt();
                return End.INTERRUPTED;
            } catch (java.util.concurrent.ExecutionException failure) {
                switch (failure.getCause()) {
                    case RuntimeException bug -> throw bug;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException("Binding failed.", failure);
                }
            }
        }
    }

    private synchronized boolean isOverdue(Thread thread) {
        if (depth == 0) {
            return false;
        }
        var elapsed = System.nanoTime() - started;
        if (elapsed > limit.plus(GRACE).toNanos()) {
            return true;
        }
        if (elapsed > limit.toNanos() && !expired) {
            expired = true;
            thread.interrupt();
        }
        return false;
    }
}
