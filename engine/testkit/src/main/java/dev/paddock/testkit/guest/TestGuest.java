package dev.paddock.testkit.guest;

import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.ExitStatus;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The guest that all tests of commands and copies share, with the agent at four channels. Whoever asks first boots it. */
public final class TestGuest {
    private static final String NAME = "inside";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CHANNELS = """
            <channel type='unix'><target type='virtio' name='dev.paddock.agent.0'/></channel>
            <channel type='unix'><target type='virtio' name='dev.paddock.agent.1'/></channel>
            <channel type='unix'><target type='virtio' name='dev.paddock.agent.2'/></channel>
            <channel type='unix'><target type='virtio' name='dev.paddock.agent.3'/></channel>
            """;

    /** Beside root there is a user with a home and a second group. */
    private static final String USERS = """
            echo user:x:1000:1000:User:/home/user:/bin/sh >> /etc/passwd
            echo user:x:1000: >> /etc/group
            echo staff:x:50:user >> /etc/group
            mkdir -p /home/user
            chown 1000:1000 /home/user
            """;

    private static boolean started;

    private TestGuest() {}

    /** Return the URI of the lab that the guest is in. */
    public static String uri() {
        return Labs.uri();
    }

    /** Return the name of the guest, which runs. */
    public static synchronized String shared() {
        if (!started) {
            // Ends with the lab.
            TinyGuest.boot(NAME, CHANNELS);
            addUsers();
            started = true;
        }
        return NAME;
    }

    private static void addUsers() {
        try (var guest = GuestChannels.open(uri(), NAME, PATIENCE)) {
            var nothing = OutputStream.nullOutputStream();
            var ending = guest.run(GuestCommand.of("sh", "-c", USERS), CommandStreams.of(nothing, nothing));
            if (!ending.equals(new ExitStatus.Exited(0))) {
                throw new IllegalStateException("The guest cannot be set up: " + ending);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
