package dev.paddock.api.host;

import java.util.List;

/**
 * The guests of a host as one looks at them and talks to them, beside what is declared of them.
 *
 * <p>May be used by several threads at once. All methods throw {@link HostException} when the host does not answer, or
 * has no guest of the name.
 */
public interface GuestHost extends AutoCloseable {
    /** Return all guests, by name. */
    List<GuestStatus> list();

    GuestStatus status(String guest);

    /**
     * Return the addresses of a running guest, as each source tells them; of one that does not run, none. A source that
     * does not know is left out.
     */
    List<GuestAddress> addresses(String guest);

    /**
     * Open the first serial console of a running guest.
     *
     * @param takeOver whether to end the connection of whoever holds the console now; else the host refuses
     */
    GuestConsole console(String guest, boolean takeOver);

    @Override
    void close();
}
