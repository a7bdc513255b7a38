package dev.paddock.api.pool;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to a request when no VM is ready. */
public enum OnEmpty {
    /** It waits in the queue, for as long as the pool's patience. */
    WAIT,
    /** It waits for a VM that is booted for it, beyond the warm ones. */
    COLD,
    /** It is refused at once. */
    FAIL;

    /** Return the word used in playbooks and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnEmpty> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
