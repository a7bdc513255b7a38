package dev.paddock.pool.lease;

import java.util.Locale;

/**
 * The state of a slot's guest. It goes from {@link #LEASED} to {@link #READY} only through {@link #DIRTY}: a used guest is
 * reset or recreated.
 */
public enum SlotState {
    /** It is being created, or has to be. What an interrupted attempt left is discarded. */
    MAKING,
    /** It is clean, it responds, and nobody has used it since. */
    READY,
    /** A user has it. This is stored before the user's first byte reaches it. */
    LEASED,
    /** It was used, and has not been reset yet. */
    DIRTY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SlotState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
