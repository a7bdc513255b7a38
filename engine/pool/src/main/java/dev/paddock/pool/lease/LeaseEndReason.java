package dev.paddock.pool.lease;

import java.util.Locale;

/** How a lease ended. */
public enum LeaseEndReason {
    /** Its owner gave the guest back. */
    RELEASED,
    /** Its time was over. */
    EXPIRED,
    /** The guest went, by itself or with the machine. */
    LOST,
    /** The guest did not answer when it was to be handed out; the owner got another. */
    UNUSABLE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LeaseEndReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
