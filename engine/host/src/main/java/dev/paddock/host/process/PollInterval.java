package dev.paddock.host.process;

import java.time.Duration;

/** Waiting for something that gives no notice. */
public final class PollInterval {
    private PollInterval() {}

    /** Wait, and return whether the wait went undisturbed: false when this thread is asked to stop. */
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
