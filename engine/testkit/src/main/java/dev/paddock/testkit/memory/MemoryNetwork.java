package dev.paddock.testkit.memory;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * A network: its definition unless it is transient, what runs while it is active.
 *
 * @param defined in libvirt's own form
 */
record MemoryNetwork(String uuid, Optional<Element> defined, Optional<Element> live, boolean autostart) {
    MemoryNetwork withDefined(Element definition) {
        return new MemoryNetwork(uuid, Optional.of(definition), live, autostart);
    }

    MemoryNetwork withLive(Optional<Element> running) {
        return new MemoryNetwork(uuid, defined, running, autostart);
    }

    MemoryNetwork withAutostart(boolean enabled) {
        return new MemoryNetwork(uuid, defined, live, enabled);
    }

    /** Return what stays of it when its definition goes. */
    MemoryNetwork undefined() {
        return new MemoryNetwork(uuid, Optional.empty(), live, false);
    }

    boolean isActive() {
        return live.isPresent();
    }

    /** Return the document that the next start uses; of a transient network, what runs. */
    Element document() {
        return defined.or(() -> live).orElseThrow();
    }

    /**
     * @param connections how many guests are plugged in
     */
    Observed.Present observed(int connections) {
        var running = live.map(document ->
                connections == 0 ? document : document.withAttribute("connections", Integer.toString(connections)));
        return new Observed.Present(uuid, document(), running, isActive(), defined.isPresent(), autostart);
    }
}
