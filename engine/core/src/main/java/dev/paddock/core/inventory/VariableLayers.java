package dev.paddock.core.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * The variables of a play on a host by source, lowest precedence first.
 *
 * @param defaults the variables of fragments, innermost first
 * @param inventory the variables of groups and of the host
 * @param plays the variables of the play and of the included plays, innermost last
 * @param extra the variables of the command line
 */
public record VariableLayers(
        List<VariableLayer> defaults,
        List<VariableLayer> inventory,
        List<VariableLayer> plays,
        List<VariableLayer> extra) {
    public List<VariableLayer> all() {
        List<VariableLayer> all = new ArrayList<>(defaults);
        all.addAll(inventory);
        all.addAll(plays);
        all.addAll(extra);
        return all;
    }

    public VariableLayers withPlay(List<VariableLayer> more) {
        List<VariableLayer> longer = new ArrayList<>(plays);
        longer.addAll(more);
        return new VariableLayers(defaults, inventory, longer, extra);
    }

    public VariableLayers withDefaults(VariableLayer more) {
        List<VariableLayer> longer = new ArrayList<>(List.of(more));
        longer.addAll(defaults);
        return new VariableLayers(longer, inventory, plays, extra);
    }
}
