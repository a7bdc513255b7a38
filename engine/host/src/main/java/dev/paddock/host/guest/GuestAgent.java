package dev.paddock.host.guest;

import dev.paddock.host.process.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * A guest that executes one command or copy after another. Closing it kills what still runs.
 *
 * <p>All methods throw a {@link GuestException} if the guest fails, and an {@link IOException} if a stream on this side
 * cannot be read or written. After either, the only valid call is to close it.
 */
public interface GuestAgent extends AutoCloseable {
    /** Run a command to its end. */
    ExitStatus run(GuestCommand command, CommandStreams streams) throws IOException;

    /**
     * Receive a path of the guest as a tar archive. The file or folder itself has the name ".", its content "./NAME".
     * The archive is not trusted.
     *
     * @param user who reads the path; the agent's user if empty
     * @param receiver reads the archive, not necessarily to its end
     * @param errors receives the guest's messages about parts that could not be read
     */
    ExitStatus get(String path, Optional<String> user, Receiver receiver, OutputStream errors) throws IOException;

    /**
     * Send a tar archive of the same form to a path of the guest: into it if it is a folder, else under that name.
     *
     * @param name the name inside the folder
     */
    ExitStatus put(String path, String name, Optional<String> user, Sender sender, OutputStream errors)
            throws IOException;

    /**
     * Claim the guest for a lease. One exchange in an open session.
     *
     * @throws GuestException also if the guest could not do all of it; then it must not be leased
     */
    void claim(LeaseClaim claim);

    /**
     * Wait until the interfaces whose MAC addresses a claim changed have network addresses again, if they had any.
     *
     * @throws GuestException also if they do not get them in time
     */
    void settle(Duration timeout);

    /** Check that the guest answers while no command runs. An idle session stays open. */
    void ping();

    /** Reads data from a guest. */
    @FunctionalInterface
    interface Receiver {
        void receive(InputStream archive) throws IOException;
    }

    /** Writes data to a guest. */
    @FunctionalInterface
    interface Sender {
        void send(OutputStream archive) throws IOException;
    }

    /** Send a signal to the process group of the running command; no effect if there is none. Thread-safe. */
    void signal(int number);

    /** Change the terminal size of the running command, if it has a terminal. Thread-safe. */
    void resize(TerminalSize size);

    @Override
    void close();
}
