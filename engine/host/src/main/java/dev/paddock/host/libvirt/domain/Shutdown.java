package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import dev.paddock.host.libvirt.binding.DomainWriteCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;

/** Asks a guest to shut down, like its power button. */
final class Shutdown {
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** A guest that is still booting ignores the button, so it is pressed again after this time. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private Shutdown() {}

    /** Return whether the guest has shut down in time. */
    static boolean ask(WriteConnection connection, Pointer guest, Duration patience) {
        var start = System.nanoTime();
        var asked = Long.MIN_VALUE;
        while (GuestState.of(connection, guest).isActive()) {
            var waited = System.nanoTime() - start;
            if (waited >= patience.toNanos()) {
                return false;
            }
            if (asked == Long.MIN_VALUE || waited - asked >= AGAIN.toNanos()) {
                press(connection, guest);
                asked = waited;
            }
            if (!PollInterval.of(GLANCE)) {
                return false;
            }
        }
        return true;
    }

    private static void press(WriteConnection connection, Pointer guest) {
        if (DomainWriteCalls.virDomainShutdown(guest) < 0) {
            var failure = connection.failure();
            if (GuestState.of(connection, guest).isActive()) {
                throw failure;
            }
        }
    }
}
