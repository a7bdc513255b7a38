package dev.paddock.host.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits how long to wait for a guest, which may hang, be paused, or be malicious. */
final class GuestWatchdog implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean lost = new AtomicBoolean();
    private final Diagnostic whenLost;

    /** @param hangUp ends the wait */
    private GuestWatchdog(Duration limit, Runnable hangUp, Diagnostic whenLost) {
        this.whenLost = whenLost;
        Thread.ofPlatform().daemon().name("guest-patience").start(() -> {
            try {
                if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    lost.set(true);
                    hangUp.run();
                }
            } catch (InterruptedException nobodyInterrupts) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Limit the wait for the end of a command. */
    static GuestWatchdog withCommand(Duration limit, Runnable hangUp) {
        return new GuestWatchdog(limit, hangUp, GuestException.overtime().diagnostic());
    }

    /** Limit the wait for an immediate answer. */
    static GuestWatchdog withAnswer(Duration limit, Runnable hangUp) {
        return new GuestWatchdog(
                limit,
                hangUp,
                Diagnostic.error(
                        Code.GUEST_SILENT,
                        "The guest's agent did not answer within " + limit.toSeconds() + " seconds, and was given up.",
                        "See whether the guest hangs or is paused, and that its image was built by this paddock."));
    }

    /** A blocking call. */
    interface Wait<T, E extends Exception> {
        T end() throws E;
    }

    <T, E extends Exception> T during(Wait<T, E> wait) throws E {
        try {
            return wait.end();
        } catch (RuntimeException failure) {
            if (!lost.get()) {
                throw failure;
            }
            throw new GuestException(whenLost);
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
