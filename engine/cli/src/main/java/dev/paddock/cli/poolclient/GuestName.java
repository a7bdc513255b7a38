package dev.paddock.cli.poolclient;

import dev.paddock.host.guest.LeaseMark;
import java.util.Optional;

/**
 * A VM as named on the command line.
 *
 * @param lease the lease under which it is used; absent to use it no matter who has leased it
 */
public record GuestName(String name, Optional<LeaseMark> lease) {
    /** Return a VM by its own name. */
    public static GuestName of(String name) {
        return new GuestName(name, Optional.empty());
    }

    /** Return a VM of a pool under a lease. */
    public static GuestName leased(String name, String lease) {
        return new GuestName(name, Optional.of(LeaseMark.of(lease)));
    }
}
