package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan does to one resource.
 *
 * @param place where it is declared; absent when it is declared nowhere
 * @param changes what differs, and what each difference costs; of a resource that is created, none
 * @param pending what only the next start will bring into force, as {@code on_change} asks; nothing is done about it
 * @param actions what to do, in order; of a step that changes nothing, what to see to in an apply all the same
 * @param made the document of a resource that is created, as it may be shown
 * @param undo what brings the old state back when an action is refused
 * @param interrupts the running guests that notice
 * @param after the resources whose steps have to be done before
 */
public record PlanStep(
        ResourceId id,
        Optional<SourceLocation> place,
        Operation operation,
        List<Change> changes,
        List<Change> pending,
        List<Action> actions,
        Optional<String> made,
        List<Action> undo,
        List<NetworkAttachment> interrupts,
        Set<ResourceId> after) {
    public PlanStep {
        changes = List.copyOf(changes);
        pending = List.copyOf(pending);
        actions = List.copyOf(actions);
        undo = List.copyOf(undo);
        interrupts = List.copyOf(interrupts);
        after = Set.copyOf(after);
    }

    /** Return the highest cost of its changes. */
    public Cost cost() {
        return changes.stream().map(Change::cost).reduce(Cost.LIVE, Cost::atLeast);
    }

    /** Return the step with changes that nothing is done about. */
    PlanStep waiting(List<Change> newPending) {
        return new PlanStep(id, place, operation, changes, newPending, actions, made, undo, interrupts, after);
    }

    /** Return this with more that changes. */
    PlanStep with(List<Change> more) {
        var all = new ArrayList<>(changes);
        all.addAll(more);
        return new PlanStep(id, place, operation, all, pending, actions, made, undo, interrupts, after);
    }

    PlanStep after(Set<ResourceId> newAfter) {
        return new PlanStep(id, place, operation, changes, pending, actions, made, undo, interrupts, newAfter);
    }
}
