package dev.paddock.core.bind;

import dev.paddock.api.kind.Kind;
import dev.paddock.core.resource.InventoryHost;

/** Is told what is about to be bound, so that hosts can be read meanwhile. Called by the thread that binds. */
public interface BindListener {
    BindListener NONE = (host, kind, about) -> {};

    /** A list of resources of a kind comes, about so many, and is for this host; conditions may leave none of them. */
    void coming(InventoryHost host, Kind kind, int about);
}
