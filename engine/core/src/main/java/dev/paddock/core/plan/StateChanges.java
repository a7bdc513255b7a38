package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.core.resource.DeclaredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The changes of a resource that no document shows: its state, its flags, and the guests that lost their network. */
final class StateChanges {
    private static final String STATE = "state";
    private static final String PROTECT = "protect";
    private static final String GUESTS = "guests";

    private StateChanges() {}

    static boolean isState(Change change) {
        return change.pattern().equals(STATE);
    }

    static boolean isProtect(Change change) {
        return change.pattern().equals(PROTECT);
    }

    /** Return whether a change attaches guests to their network again. */
    static boolean isGuests(Change change) {
        return change.pattern().equals(GUESTS);
    }

    /** Return the changes, in the order in which plans print them. */
    static List<Change> of(Kind kind, DeclaredResource resource, Observed.Present present, boolean isProtected) {
        List<Change> changes = new ArrayList<>();
        if (kind.hasState()) {
            if (!present.persistent() && resource.state() != DesiredState.ABSENT) {
                changes.add(flag("persistent", false));
            }
            state(resource.state(), present).ifPresent(changes::add);
            resource.autostart()
                    .filter(desired -> desired != present.autostart())
                    .ifPresent(desired -> changes.add(flag("autostart", !desired)));
        }
        if (resource.state() == DesiredState.ACTIVE && !present.unplugged().isEmpty()) {
            changes.add(guests(present));
        }
        if (isProtected != resource.protect()) {
            changes.add(flag(PROTECT, isProtected));
        }
        return changes;
    }

    private static Optional<Change> state(DesiredState desired, Observed.Present present) {
        var before = present.paused() ? "paused" : present.active() ? "active" : "inactive";
        return switch (desired) {
            case ABSENT -> Optional.empty();
            case INACTIVE ->
                present.active()
                        ? Optional.of(state(before, "inactive", Cost.RESTART, "What uses it is cut off."))
                        : Optional.empty();
            case ACTIVE, PAUSED -> {
                var after = desired == DesiredState.PAUSED ? "paused" : "active";
                yield before.equals(after) ? Optional.empty() : Optional.of(state(before, after, Cost.LIVE, ""));
            }
        };
    }

    private static Change state(String before, String after, Cost cost, String why) {
        return new Change(
                STATE, STATE, Change.Action.CHANGE, Optional.of(before), Optional.of(after), Extent.DEFINED, cost, why);
    }

    private static Change guests(Observed.Present present) {
        var guests = present.unplugged().stream()
                .map(guest -> guest.domain() + " " + guest.mac())
                .collect(Collectors.joining(", "));
        return new Change(
                GUESTS,
                GUESTS,
                Change.Action.CHANGE,
                Optional.of("not plugged in: " + guests),
                Optional.of("plugged in"),
                Extent.RUNNING,
                Cost.LIVE,
                "");
    }

    private static Change flag(String path, boolean before) {
        return new Change(
                path,
                path,
                Change.Action.CHANGE,
                Optional.of(before ? "yes" : "no"),
                Optional.of(before ? "no" : "yes"),
                Extent.DEFINED,
                Cost.LIVE,
                "");
    }

    /**
     * Return the loss of data.
     *
     * @param what the path of the change
     */
    static Change loss(String what) {
        return new Change(
                what,
                what,
                Change.Action.REMOVE,
                Optional.of("all of it"),
                Optional.empty(),
                Extent.DEFINED,
                Cost.LOSS,
                "It cannot be brought back.");
    }
}
