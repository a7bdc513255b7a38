package dev.paddock.vm.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;

/** The cost of a change of a VM in its present state. */
public final class VmCost {
    private VmCost() {}

    public static Cost of(Change change, Observed.Present observed) {
        return switch (change.pattern()) {
            case "state" -> change.after().filter("inactive"::equals).isPresent() ? Cost.RESTART : Cost.LIVE;
            case "autostart", "persistent" -> Cost.LIVE;
            default -> ofDocument(change, observed);
        };
    }

    private static Cost ofDocument(Change change, Observed.Present observed) {
        if (change.action() == Change.Action.RELEASE) {
            return Cost.LIVE;
        }
        if (change.cost() == Cost.REPLACE) {
            return Cost.REPLACE;
        }
        if (!observed.active()) {
            return Cost.LIVE;
        }
        return LiveChange.isPossible(change, observed) ? Cost.LIVE : Cost.RESTART;
    }
}
