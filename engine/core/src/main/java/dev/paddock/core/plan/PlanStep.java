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
 * The step of a plan for one resource.
 *
 * @param place where the resource is declared; absent if it is not
 * @param changes the differences and their costs; none for a resource that is created
 * @param pending the changes that {@code on_change} leaves to the next start
 * @param actions the actions in order; a step that changes nothing may have checks
 * @param document the document of a resource that is created, as it may be shown
 * @param undo the actions that restore the old state when an action fails
 * @param interrupts the network connections of running VMs that are interrupted
 * @param after the resources whose steps come before this one
 */
public record PlanStep(
        ResourceId id,
        Optional<SourceLocation> place,
        Operation operation,
        List<Change> changes,
        List<Change> pending,
        List<Action> actions,
        Optional<String> document,
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

    /** Return the highest cost of the changes. */
    public Cost cost() {
        return changes.stream().map(Change::cost).reduce(Cost.LIVE, Cost::atLeast);
    }

    /** Return the step without its document and without the values that change. */
    public PlanStep withoutDocuments() {
        return new PlanStep(
                id,
                place,
                operation,
                changes.stream().map(Change::withoutValues).toList(),
                pending.stream().map(Change::withoutValues).toList(),
                actions,
                Optional.empty(),
                undo,
                interrupts,
                after);
    }

    /** Return the step with pending changes. */
    PlanStep withPending(List<Change> newPending) {
        return new PlanStep(id, place, operation, changes, newPending, actions, document, undo, interrupts, after);
    }

    /** Return the step with more changes. */
    PlanStep withChanges(List<Change> more) {
        var all = new ArrayList<>(changes);
        all.addAll(more);
        return new PlanStep(id, place, operation, all, pending, actions, document, undo, interrupts, after);
    }

    /** Return the step of an object that has another name until now. */
    PlanStep renaming(ResourceId from) {
        var change = new Change(
                "name",
                "name",
                Change.Action.CHANGE,
                Optional.of(from.name()),
                Optional.of(id.name()),
                Change.Extent.DEFINED,
                Cost.LIVE,
                "It keeps its UUID and its disks.");
        List<Change> all = new ArrayList<>(List.of(change));
        all.addAll(changes);
        List<Action> first = new ArrayList<>(List.of(new Action.Rename(from, id.name())));
        first.addAll(actions);
        List<Action> last = new ArrayList<>(undo);
        last.add(new Action.Rename(id, from.name()));
        return new PlanStep(
                id,
                place,
                operation == Operation.NONE ? Operation.UPDATE : operation,
                all,
                pending,
                first,
                document,
                last,
                interrupts,
                after);
    }

    PlanStep after(Set<ResourceId> newAfter) {
        return new PlanStep(id, place, operation, changes, pending, actions, document, undo, interrupts, newAfter);
    }
}
