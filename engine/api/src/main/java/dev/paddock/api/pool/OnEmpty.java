package dev.paddock.api.pool;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a request when no guest is ready. */
public enum OnEmpty {
    /** It waits its turn, for as long as the pool's patience. */
    WAIT,
    /** A guest is booted for it, beyond those that are kept warm, and it waits for that one. */
    COLD,
    /** It is refused at once. */
    FAIL;

    /** Return the word for it in playbooks and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnEmpty> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
