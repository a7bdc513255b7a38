package dev.paddock.network.change;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Action.Scope;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.network.compare.NetworkDefinition;
import dev.paddock.network.compare.NormalizedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that create, change and delete networks. */
public final class NetworkSteps {
    private NetworkSteps() {}

    public static List<Action> create(DesiredResource desired) {
        var network = desired.id();
        List<Action> steps = new ArrayList<>();
        steps.add(define(network, NetworkDefinition.of(desired.document())));
        if (desired.autostart().orElse(false)) {
            steps.add(new Action.SetAutostart(network, true));
        }
        if (desired.state() == DesiredState.ACTIVE) {
            steps.add(new Action.Start(network));
            // VMs that were attached to an earlier network of this name may still run.
            steps.add(new Action.Replug(network));
        }
        return steps;
    }

    public static List<Action> delete(ResourceId network, Observed.Present observed) {
        List<Action> steps = new ArrayList<>();
        if (observed.active()) {
            steps.add(new Action.Stop(network));
        }
        if (observed.persistent()) {
            steps.add(new Action.Undefine(network));
        }
        return steps;
    }

    public static List<Action> remember(ResourceId network, Observed.Present observed, Element merged) {
        List<Action> steps = new ArrayList<>();
        steps.add(define(network, NetworkDefinition.of(merged)));
        steps.addAll(LiveMetadata.marks(network, observed, merged));
        return steps;
    }

    public static List<Action> update(UpdateRequest transition) {
        var network = transition.desired().id();
        var observed = transition.observed();
        var changes = transition.changes();
        if (changes.stream().anyMatch(change -> change.cost() == Cost.REPLACE)) {
            return replace(transition);
        }
        var stops = observed.active() && becomes(changes, "state", "inactive");
        var starts = !observed.active() && becomes(changes, "state", "active");
        var restarts = observed.active()
                && !stops
                && changes.stream().filter(NetworkSteps::isOfDocument).anyMatch(NetworkSteps::takesRestart);
        var updates = observed.active() && !stops && !restarts;

        List<Action> steps = new ArrayList<>();
        var live = updates ? liveUpdates(transition) : List.<Action>of();
        var defines = redefines(transition, updates, live);
        if (defines) {
            steps.add(define(network, NetworkDefinition.of(transition.merged())));
        }
        steps.addAll(defines ? liveOnly(live) : live);
        if (updates) {
            steps.addAll(LiveMetadata.after(transition.desired(), observed, transition.merged(), changes));
        }
        change(changes, "autostart")
                .flatMap(Change::after)
                .ifPresent(after -> steps.add(new Action.SetAutostart(network, after.equals("yes"))));
        if (stops || restarts) {
            steps.add(new Action.Stop(network));
        }
        if (starts || restarts) {
            steps.add(new Action.Start(network));
            // VMs may have lost their network when it was stopped before.
            steps.add(new Action.Replug(network));
        }
        return steps;
    }

    private static List<Action> replace(UpdateRequest transition) {
        var network = transition.desired().id();
        List<Action> steps = new ArrayList<>(delete(network, transition.observed()));
        steps.addAll(create(transition.desired()));
        return steps;
    }

    /** A definition that no update in place can produce is written as a whole. */
    private static boolean redefines(UpdateRequest transition, boolean updates, List<Action> live) {
        if (change(transition.changes(), "persistent").isPresent()) {
            return true;
        }
        return transition.changes().stream()
                .filter(NetworkSteps::isOfDocument)
                .filter(change -> change.extent() == Extent.DEFINED)
                .anyMatch(change -> !updates || live.isEmpty() || !isLiveSection(change));
    }

    private static boolean isLiveSection(Change change) {
        return change.action() != Change.Action.RELEASE
                && List.of("forward/", "ip/dhcp", "dns/", "portgroup").stream().anyMatch(change.pattern()::startsWith);
    }

    /** Return the updates of the running network. They include the definition if its updates are the same. */
    private static List<Action> liveUpdates(UpdateRequest transition) {
        var network = transition.desired().id();
        var observed = transition.observed();
        var running = NormalizedNetwork.running(observed.live().orElse(observed.defined()));
        var ofRunning = LiveSections.between(running, transition.merged());
        var ofDefinition = observed.persistent()
                ? LiveSections.between(observed.defined(), transition.merged())
                : Optional.of(List.<SectionUpdate>of());
        if (ofRunning.isEmpty() || ofDefinition.isEmpty()) {
            return List.of();
        }
        List<Action> steps = new ArrayList<>();
        if (ofRunning.equals(ofDefinition)) {
            ofRunning.get().forEach(update -> steps.add(update.action(network, Scope.BOTH)));
        } else {
            ofDefinition.get().forEach(update -> steps.add(update.action(network, Scope.DEFINITION)));
            ofRunning.get().forEach(update -> steps.add(update.action(network, Scope.LIVE)));
        }
        DhcpSections.nudges(running, transition.merged(), ofRunning.get())
                .forEach(update -> steps.add(update.action(network, Scope.LIVE)));
        return steps;
    }

    private static List<Action> liveOnly(List<Action> updates) {
        return updates.stream()
                .filter(Action.UpdateNetwork.class::isInstance)
                .map(Action.UpdateNetwork.class::cast)
                .filter(update -> update.scope() != Scope.DEFINITION)
                .<Action>map(update -> new Action.UpdateNetwork(
                        update.target(),
                        update.command(),
                        update.section(),
                        update.parentIndex(),
                        update.xml(),
                        Scope.LIVE))
                .toList();
    }

    private static boolean takesRestart(Change change) {
        return change.cost() == Cost.RESTART;
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

    private static Action define(ResourceId network, Element document) {
        return new Action.Define(network, XmlWriter.write(document));
    }
}
