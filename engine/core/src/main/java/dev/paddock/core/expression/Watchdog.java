package dev.paddock.core.expression;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds the time of one evaluation. What takes longer is interrupted, and abandoned when it does not heed that: Java
 * cannot end a thread that does not want to.
 */
public final class Watchdog {
    /** How a watched body ended. */
    public enum End {
        DONE,
        /** An evaluation did not end; it may still be running. */
        ABANDONED,
        /** The calling thread was interrupted. */
        INTERRUPTED
    }

    /** Deep enough for values nested as deeply as files may nest them, through variables of variables. */
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
            // An interrupt that came too late to stop the evaluation must not stop what follows.
            Thread.interrupted();
        }
    }

    /** Return whether the evaluation under way has taken too long. */
    synchronized boolean expired() {
        return expired;
    }

    /** Run the body in a thread of its own, watching its evaluations. Exceptions of the body are thrown on. */
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
                if (overdue(thread)) {
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

    private synchronized boolean overdue(Thread thread) {
        if (depth == 0) {
            return false;
        }
        var taken = System.nanoTime() - started;
        if (taken > limit.plus(GRACE).toNanos()) {
            return true;
        }
        if (taken > limit.toNanos() && !expired) {
            expired = true;
            thread.interrupt();
        }
        return false;
    }
}
