package dev.paddock.host.process;

import java.time.Duration;

/** Waits between polls. */
public final class PollInterval {
    private PollInterval() {}

    /** Wait, and return true unless this thread was interrupted. */
    public static boolean of(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
