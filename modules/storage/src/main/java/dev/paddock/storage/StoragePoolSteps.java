package dev.paddock.storage;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that create, change and delete storage pools. None of them touches the contents of a pool. */
final class StoragePoolSteps {
    private StoragePoolSteps() {}

    static List<Action> create(DesiredResource desired) {
        var pool = desired.id();
        List<Action> steps = new ArrayList<>();
        steps.add(new Action.Define(pool, XmlWriter.write(desired.document())));
        if (desired.autostart().orElse(false)) {
            steps.add(new Action.SetAutostart(pool, true));
        }
        if (desired.state() == DesiredState.ACTIVE) {
            start(desired, steps);
        }
        return steps;
    }

    static List<Action> update(UpdateRequest transition) {
        var pool = transition.desired().id();
        var observed = transition.observed();
        var changes = transition.changes();
        var stops = observed.active() && becomes(changes, "state", "inactive");
        var starts = !observed.active() && becomes(changes, "state", "active");
        var restarts = observed.active()
                && !stops
                && changes.stream().anyMatch(change -> isOfDocument(change) && change.cost() == Cost.RESTART);
        List<Action> steps = new ArrayList<>();
        if (changes.stream().anyMatch(change -> isOfDocument(change) && change.extent() == Change.Extent.DEFINED)
                || change(changes, "persistent").isPresent()
                || changesPermissions(changes)) {
            steps.add(new Action.Define(pool, XmlWriter.write(transition.merged())));
        }
        change(changes, "autostart")
                .flatMap(Change::after)
                .ifPresent(after -> steps.add(new Action.SetAutostart(pool, after.equals("yes"))));
        if (stops || restarts) {
            steps.add(new Action.Stop(pool));
        }
        if (starts || restarts) {
            start(transition.desired(), steps);
        }
        return steps;
    }

    static List<Action> delete(ResourceId pool, Observed.Present observed) {
        List<Action> steps = new ArrayList<>();
        if (observed.active()) {
            steps.add(new Action.Stop(pool));
        }
        if (observed.persistent()) {
            steps.add(new Action.Undefine(pool));
        }
        return steps;
    }

    /**
     * A running pool has the permissions of the folder, so the definition may say something else. Building uses the
     * definition.
     */
    private static boolean changesPermissions(List<Change> changes) {
        return changes.stream().anyMatch(change -> change.pattern().startsWith("target/permissions"));
    }

    /** Starting a pool does not set permissions; building it does, also for an existing folder. */
    private static void start(DesiredResource desired, List<Action> steps) {
        var isFolder = StoragePoolType.of(desired.document())
                .filter(StoragePoolType::isFolder)
                .isPresent();
        if (isFolder && permissions(desired.document()).isPresent()) {
            steps.add(new Action.Build(desired.id()));
        }
        steps.add(new Action.Start(desired.id()));
    }

    private static Optional<Element> permissions(Element pool) {
        return NormalizedStoragePool.of(pool).child("target").flatMap(target -> target.child("permissions"));
    }

    private static boolean isOfDocument(Change change) {
        return switch (change.pattern()) {
            case "state", "autostart", "persistent" -> false;
            default -> true;
        };
    }

    private static boolean becomes(List<Change> changes, String what, String value) {
        return change(changes, what)
                .flatMap(Change::after)
                .filter(value::equals)
                .isPresent();
    }

    private static Optional<Change> change(List<Change> changes, String pattern) {
        return changes.stream()
                .filter(change -> change.pattern().equals(pattern))
                .findFirst();
    }
}
