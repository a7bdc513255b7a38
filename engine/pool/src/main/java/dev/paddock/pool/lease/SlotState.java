package dev.paddock.pool.lease;

import java.util.Locale;

/**
 * How far the guest of a slot is. There is no way from {@link #LEASED} to {@link #READY} but through {@link #DIRTY}: what
 * was used is made clean, or anew.
 */
public enum SlotState {
    /** It is being made. Whatever is there of it is thrown away when that was interrupted. */
    MAKING,
    /** It is clean and answers, and nobody has used it since. */
    READY,
    /** Somebody has it. This is kept before the first byte of theirs gets to it. */
    LEASED,
    /** It was used. */
    DIRTY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SlotState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
