package dev.paddock.pool.service;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the thread that reconciles pools. Signals sent while it is awake count as one. */
final class WakeSignal {
    private final Semaphore signals = new Semaphore(0);

    void send() {
        signals.release();
    }

    /** Wait for a signal until the timeout ends. */
    void await(Duration timeout) throws InterruptedException {
        if (signals.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            signals.drainPermits();
        }
    }
}
