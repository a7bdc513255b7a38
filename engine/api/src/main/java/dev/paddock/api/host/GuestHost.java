package dev.paddock.api.host;

import java.util.List;

/**
 * The VMs of a host, to look at and to talk to, whether declared or not.
 *
 * <p>Thread-safe. All methods throw {@link HostException} if the host does not answer or has no VM of the name.
 */
public interface GuestHost extends AutoCloseable {
    /** Return all VMs, sorted by name. */
    List<GuestStatus> list();

    GuestStatus status(String guest);

    /**
     * Return the addresses of a running VM, as reported by each source; none if it does not run. Sources without an
     * answer are left out.
     */
    List<GuestAddress> addresses(String guest);

    /**
     * Open the first serial console of a running VM.
     *
     * @param takeOver whether to disconnect the current user of the console; without it, the host refuses
     */
    GuestConsole console(String guest, boolean takeOver);

    @Override
    void close();
}
