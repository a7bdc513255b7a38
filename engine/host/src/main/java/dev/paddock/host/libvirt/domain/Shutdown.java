package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import dev.paddock.host.libvirt.binding.DomainWriteCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.process.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Asks a guest to shut down, like its power button. */
final class Shutdown {
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** A guest that is still booting ignores the button, so it is pressed again after this time. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private Shutdown() {}

    /** Return whether the guest has shut down in time. */
    static boolean ask(WriteConnection connection, Pointer guest, Duration patience) {
        var deadline = Deadline.after(patience);
        Optional<Deadline> again = Optional.empty();
        while (GuestState.of(connection, guest).isActive()) {
            if (deadline.isOver()) {
                return false;
            }
            if (again.isEmpty() || again.get().isOver()) {
                press(connection, guest);
                again = Optional.of(Deadline.after(AGAIN));
            }
            if (!deadline.pause(GLANCE)) {
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
