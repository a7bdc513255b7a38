package dev.paddock.core.bind;

import java.util.ArrayList;
import java.util.List;

/**
 * The variables of a play on a host, by what they come from, lowest precedence first.
 *
 * @param defaults those of fragments, innermost first
 * @param inventory those of groups and of the host
 * @param plays those of the play, and of the included play in which we are
 * @param extra those of the command line
 */
record Layers(List<Layer> defaults, List<Layer> inventory, List<Layer> plays, List<Layer> extra) {
    List<Layer> all() {
        List<Layer> all = new ArrayList<>(defaults);
        all.addAll(inventory);
        all.addAll(plays);
        all.addAll(extra);
        return all;
    }

    Layers withPlay(List<Layer> more) {
        List<Layer> longer = new ArrayList<>(plays);
        longer.addAll(more);
        return new Layers(defaults, inventory, longer, extra);
    }

    Layers withDefaults(Layer more) {
        List<Layer> longer = new ArrayList<>(List.of(more));
        longer.addAll(defaults);
        return new Layers(longer, inventory, plays, extra);
    }
}
