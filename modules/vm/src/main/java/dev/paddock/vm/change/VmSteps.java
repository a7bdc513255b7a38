package dev.paddock.vm.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.vm.compare.MergedVm;
import dev.paddock.vm.document.MacAddresses;
import dev.paddock.vm.document.ReadinessMetadata;
import dev.paddock.vm.document.ShutdownPolicy;
import dev.paddock.vm.document.VmDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that create, change and delete VMs. */
public final class VmSteps {
    private VmSteps() {}

    public static List<Action> create(DesiredResource desired) {
        var guest = desired.id();
        List<Action> steps = new ArrayList<>();
        steps.add(define(guest, MacAddresses.on(desired.document())));
        if (desired.autostart().orElse(false)) {
            steps.add(new Action.SetAutostart(guest, true));
        }
        start(guest, desired.state()).ifPresent(steps::add);
        steps.addAll(ReadinessMetadata.steps(guest, desired.document(), desired.state()));
        return steps;
    }

    /** The disks of the VM belong to the user, and stay. */
    public static List<Action> delete(ResourceId guest, Observed.Present observed) {
        List<Action> steps = new ArrayList<>();
        if (observed.active()) {
            steps.add(ShutdownPolicy.of(observed.defined()).of(guest));
        }
        if (observed.persistent()) {
            steps.add(new Action.Undefine(guest));
        }
        return steps;
    }

    public static List<Action> update(UpdateRequest transition) {
        var guest = transition.desired().id();
        var observed = transition.observed();
        var changes = transition.changes();
        var wanted = change(changes, "state").flatMap(Change::after);
        var stops = observed.active() && wanted.filter("inactive"::equals).isPresent();
        var restarts = observed.active()
                && !stops
                && changes.stream().filter(VmSteps::isOfDocument).anyMatch(change -> change.cost() == Cost.RESTART);
        var merged = MacAddresses.on(MergedVm.fitting(transition));

        List<Action> steps = new ArrayList<>();
        if (defines(changes)) {
            steps.add(define(guest, merged));
        }
        if (observed.active() && !stops && !restarts) {
            steps.addAll(LiveSteps.of(transition, merged));
        }
        change(changes, "autostart")
                .flatMap(Change::after)
                .ifPresent(after -> steps.add(new Action.SetAutostart(guest, after.equals("yes"))));
        if (stops || restarts) {
            steps.add(ShutdownPolicy.of(merged).of(guest));
        }
        if (restarts || (wanted.isPresent() && !observed.active())) {
            start(guest, transition.desired().state()).ifPresent(steps::add);
        } else if (wanted.isPresent() && !stops) {
            steps.add(
                    transition.desired().state() == DesiredState.PAUSED
                            ? new Action.Suspend(guest)
                            : new Action.Resume(guest));
        }
        steps.addAll(ReadinessMetadata.steps(
                guest, transition.desired().document(), transition.desired().state()));
        return steps;
    }

    private static Optional<Action> start(ResourceId guest, DesiredState state) {
        return switch (state) {
            case ACTIVE -> Optional.of(new Action.Start(guest));
            case PAUSED -> Optional.of(new Action.StartPaused(guest));
            case INACTIVE, ABSENT -> Optional.empty();
        };
    }

    private static boolean defines(List<Change> changes) {
        return change(changes, "persistent").isPresent()
                || changes.stream().filter(VmSteps::isOfDocument).anyMatch(change -> change.extent() == Extent.DEFINED);
    }

    private static boolean isOfDocument(Change change) {
        return switch (change.pattern()) {
            case "state", "autostart", "persistent" -> false;
            default -> true;
        };
    }

    private static Optional<Change> change(List<Change> changes, String pattern) {
        return changes.stream()
                .filter(change -> change.pattern().equals(pattern))
                .findFirst();
    }

    /** Return the step that defines a document. */
    public static Action define(ResourceId guest, Element document) {
        return new Action.Define(guest, XmlWriter.write(VmDefinition.of(document)));
    }
}
