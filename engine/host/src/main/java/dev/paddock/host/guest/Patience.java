package dev.paddock.host.guest;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An end to waiting for a guest that does not end a command by itself, as it hangs, is paused, or does not want to. */
final class Patience implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean lost = new AtomicBoolean();

    /** @param hangUp ends the waiting */
    Patience(Duration limit, Runnable hangUp) {
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

    /** What is waited for. */
    interface Wait {
        Ending end() throws IOException;
    }

    Ending during(Wait wait) throws IOException {
        try {
            return wait.end();
        } catch (RuntimeException failure) {
            if (!lost.get()) {
                throw failure;
            }
            throw new GuestException(Diagnostic.error(
                    Code.GUEST_SILENT,
                    "The guest did not end the command when its time was over, and was given up.",
                    "See whether the guest hangs or is paused. Whatever the command started may still run in it."));
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
