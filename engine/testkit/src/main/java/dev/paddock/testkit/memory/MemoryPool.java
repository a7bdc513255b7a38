package dev.paddock.testkit.memory;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * A storage pool.
 *
 * @param current what libvirt works with: what runs, and while nothing runs the definition
 * @param next the definition that the next start uses, where it was given while the pool ran
 */
record MemoryPool(
        String uuid, Element current, Optional<Element> next, boolean active, boolean persistent, boolean autostart) {
    MemoryPool withDefinition(Element definition) {
        return active
                ? new MemoryPool(uuid, current, Optional.of(definition), true, true, autostart)
                : new MemoryPool(uuid, definition, Optional.empty(), false, true, autostart);
    }

    MemoryPool started(Element measured) {
        return new MemoryPool(uuid, measured, Optional.empty(), true, persistent, autostart);
    }

    MemoryPool stopped() {
        return new MemoryPool(uuid, next.orElse(current), Optional.empty(), false, persistent, autostart);
    }

    MemoryPool withAutostart(boolean enabled) {
        return new MemoryPool(uuid, current, next, active, persistent, enabled);
    }

    String folder() {
        return current.child("target")
                .flatMap(target -> target.childText("path"))
                .orElse("");
    }

    Observed.Present observed() {
        return new Observed.Present(
                uuid,
                next.orElse(current),
                active ? Optional.of(current) : Optional.empty(),
                active,
                persistent,
                autostart);
    }
}
