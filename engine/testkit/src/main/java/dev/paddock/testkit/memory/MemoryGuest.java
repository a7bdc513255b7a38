package dev.paddock.testkit.memory;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * A guest: its definition unless it is transient, what runs while it is active.
 *
 * @param paused whether its processors stand still
 */
record MemoryGuest(String uuid, Optional<Element> defined, Optional<Element> live, boolean autostart, boolean paused) {
    MemoryGuest withDefined(Optional<Element> definition) {
        return new MemoryGuest(uuid, definition, live, definition.isPresent() && autostart, paused);
    }

    MemoryGuest withLive(Optional<Element> running, boolean isPaused) {
        return new MemoryGuest(uuid, defined, running, autostart, isPaused);
    }

    MemoryGuest withAutostart(boolean enabled) {
        return new MemoryGuest(uuid, defined, live, enabled, paused);
    }

    boolean isGone() {
        return defined.isEmpty() && live.isEmpty();
    }

    Observed.Present observed() {
        return new Observed.Present(
                        uuid,
                        defined.or(() -> live).orElseThrow(),
                        live,
                        live.isPresent(),
                        defined.isPresent(),
                        autostart)
                .withPaused(paused);
    }
}
