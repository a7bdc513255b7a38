package dev.paddock.core.bind;

import dev.paddock.api.kind.Kind;
import dev.paddock.core.resource.InventoryHost;

/** Receives what is about to be bound, so that hosts can be read meanwhile. Called by the binding thread. */
public interface BindListener {
    BindListener NONE = (host, kind, count) -> {};

    /** Called before a list of about so many resources of a kind is bound for a host; conditions may exclude them all. */
    void upcoming(InventoryHost host, Kind kind, int count);
}
