package dev.paddock.host.guest;

import dev.paddock.host.process.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A guest, for one command or copy after another. Closing it kills what still runs.
 *
 * <p>All of them throw a {@link GuestException} when the guest does not do its part, and an {@link IOException} when a
 * stream of ours cannot be read or written. After either there is nothing left to do but to close it.
 */
public interface GuestAgent extends AutoCloseable {
    /** Run a command to its end. */
    ExitStatus run(GuestCommand command, CommandStreams streams) throws IOException;

    /**
     * Receive what is at a path of the guest as a tar archive. The thing itself has the name ".", what is in it "./NAME".
     * Nothing in the archive is to be trusted.
     *
     * @param user whom it is read as; whom the agent runs as when empty
     * @param receiver reads the archive, and need not read it to its end
     * @param errors what the guest says of parts that it could not read
     */
    ExitStatus get(String path, Optional<String> user, Receiver receiver, OutputStream errors) throws IOException;

    /**
     * Send a tar archive of the same form to a path of the guest: into the folder there, or else under that name.
     *
     * @param name what the thing is called within the folder
     */
    ExitStatus put(String path, String name, Optional<String> user, Sender sender, OutputStream errors)
            throws IOException;

    /**
     * Make the guest somebody's. One exchange on a session that is open.
     *
     * @throws GuestException also when the guest could not do all of it; then it is to be given to nobody
     */
    void claim(LeaseClaim claim);

    /** See that the guest answers, while no command runs. A session that is open stays so, however long nothing is said. */
    void ping();

    /** Reads what comes from a guest. */
    @FunctionalInterface
    interface Receiver {
        void receive(InputStream archive) throws IOException;
    }

    /** Writes what goes to a guest. */
    @FunctionalInterface
    interface Sender {
        void send(OutputStream archive) throws IOException;
    }

    /**
     * Send a signal to the process group of the command that runs; nothing happens when none does. May be called by any
     * thread.
     */
    void signal(int number);

    /** Change the size of the terminal of the command that runs, if it has one. May be called by any thread. */
    void resize(TerminalSize size);

    @Override
    void close();
}
