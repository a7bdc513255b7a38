package dev.paddock.pool.lease;

import java.util.Locale;

/** Why a lease ended. */
public enum LeaseEndReason {
    /** Its owner or root released it. */
    RELEASED,
    /** Its time was up. */
    EXPIRED,
    /** The guest ended, by itself or with the machine. */
    LOST,
    /** The guest did not respond when it was claimed; the owner got another. */
    UNUSABLE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LeaseEndReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
