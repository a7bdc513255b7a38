package dev.paddock.cli.poolclient;

import dev.paddock.host.guest.LeaseMark;
import java.util.Optional;

/**
 * A guest as the user names it.
 *
 * @param lease for which it is used; without one it is used whoever's it is
 */
public record GuestName(String name, Optional<LeaseMark> lease) {
    /** A guest by its own name. */
    public static GuestName of(String name) {
        return new GuestName(name, Optional.empty());
    }

    /** A guest of a pool, for a lease. */
    public static GuestName lent(String name, String lease) {
        return new GuestName(name, Optional.of(LeaseMark.of(lease)));
    }
}
