package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.core.bind.Declared;
import dev.paddock.core.observe.Observation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells whose an object is. */
final class Ownership {
    private final Observation observation;

    /**
     * The step on the ledger.
     *
     * @param gaining the filters of which it says something new
     */
    record LedgerStep(Step step, Set<ResourceId> gaining) {}

    Ownership(Observation observation) {
        this.observation = observation;
    }

    /**
     * Return whether an object is the resource's own: it bears the project's mark, has the UUID that the project gives
     * it, or the very UUID that was declared. Another project's mark overrules a UUID.
     */
    boolean isOurs(Declared resource, Observed.Present present) {
        return isMarked(resource.project(), resource.id(), present)
                || (!isMarkedByAnybody(resource.id(), present)
                        && resource.uuid()
                                .map(uuid -> uuid.equalsIgnoreCase(present.uuid()))
                                .orElse(false));
    }

    /** Return whether an object was made or adopted by a project, whatever is declared now. */
    boolean isMarked(String project, ResourceId id, Observed.Present present) {
        var stamp = Stamp.of(present.defined());
        if (stamp.isPresent()) {
            return stamp.get().project().equals(project);
        }
        return entry(id, present).map(entry -> entry.isOf(project, id)).orElseGet(() -> present.uuid()
                .equals(Identity.uuid(project, id)));
    }

    private boolean isMarkedByAnybody(ResourceId id, Observed.Present present) {
        return Stamp.of(present.defined()).isPresent() || entry(id, present).isPresent();
    }

    /** Return a sentence on whose an object is, if not the project's that asks. */
    String owner(ResourceId id, Observed.Present present) {
        return Stamp.of(present.defined())
                .map(stamp -> "It belongs to the project '" + stamp.project() + "'.")
                .orElseGet(() ->
                        entry(id, present).isPresent() ? "Another project adopted it." : "It bears no project's mark.");
    }

    /** Return whether an object was protected when it was last applied. */
    boolean isProtected(ResourceId id, Observed.Present present) {
        return Stamp.of(present.defined()).map(Stamp::protect).orElse(false)
                || entry(id, present).map(Ledger.Entry::protect).orElse(false);
    }

    private Optional<Ledger.Entry> entry(ResourceId id, Observed.Present present) {
        return id.kind().equals(Ledger.ID.kind()) ? ledger().entry(id, present.uuid()) : Optional.empty();
    }

    /**
     * Return the step that brings the ledger up to what the other steps make of filters, if it has to change.
     *
     * @param declared all that is declared, also what no step is planned for
     */
    Optional<LedgerStep> ledgerAfter(Map<ResourceId, Declared> declared, Collection<Step> steps) {
        if (steps.stream().noneMatch(step -> step.id().kind().equals(Ledger.ID.kind()))) {
            return Optional.empty();
        }
        var before = ledger();
        Map<String, Ledger.Entry> entries = new TreeMap<>(before.entries());
        entries.keySet().removeIf(name -> isGone(name, declared));
        for (var step : steps) {
            if (step.id().kind().equals(Ledger.ID.kind())) {
                var entry = entryAfter(step, Optional.ofNullable(declared.get(step.id())));
                entry.ifPresentOrElse(
                        known -> entries.put(step.id().name(), known),
                        () -> entries.remove(step.id().name()));
            }
        }
        var after = new Ledger(entries);
        if (after.equals(before)) {
            return Optional.empty();
        }
        var uuid = Identity.uuid("", Ledger.ID);
        var action = entries.isEmpty() ? new Action.Undefine(Ledger.ID) : new Action.Define(Ledger.ID, after.xml(uuid));
        var operation =
                entries.isEmpty() ? Operation.DELETE : before.entries().isEmpty() ? Operation.CREATE : Operation.UPDATE;
        var step = new Step(
                Ledger.ID,
                Optional.empty(),
                operation,
                changes(before.entries(), entries),
                List.of(),
                List.of(action),
                List.of(),
                List.of(),
                Set.of());
        var gaining = steps.stream()
                .map(Step::id)
                .filter(id -> id.kind().equals(Ledger.ID.kind()))
                .filter(id -> entries.containsKey(id.name()))
                .filter(id ->
                        !Objects.equals(entries.get(id.name()), before.entries().get(id.name())))
                .collect(Collectors.toSet());
        return Optional.of(new LedgerStep(step, gaining));
    }

    private static List<Change> changes(Map<String, Ledger.Entry> before, Map<String, Ledger.Entry> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> change(
                        Ledger.ID.kind() + "/" + name,
                        Optional.ofNullable(before.get(name)).map(Ledger.Entry::phrase),
                        Optional.ofNullable(after.get(name)).map(Ledger.Entry::phrase)))
                .toList();
    }

    private static Change change(String path, Optional<String> before, Optional<String> after) {
        var action =
                before.isEmpty() ? Change.Action.ADD : after.isEmpty() ? Change.Action.REMOVE : Change.Action.CHANGE;
        return new Change(path, path, action, before, after, Change.Extent.DEFINED, Cost.LIVE, "");
    }

    /** An entry may be left of a filter that was removed by a run that was killed then, or by others. */
    private boolean isGone(String name, Map<ResourceId, Declared> declared) {
        var id = new ResourceId(Ledger.ID.kind(), name);
        return !declared.containsKey(id) && observation.of(id) instanceof Observed.Absent;
    }

    private Optional<Ledger.Entry> entryAfter(Step step, Optional<Declared> declared) {
        if (step.operation() == Operation.DELETE || declared.isEmpty()) {
            return Optional.empty();
        }
        var resource = declared.get();
        var own = Identity.uuid(resource.project(), step.id());
        var uuid = resource.uuid().orElse(own);
        if (observation.of(step.id()) instanceof Observed.Present present) {
            // What only agrees with its declaration is left as it is, and its record as well: so imports plan empty.
            if (step.operation() == Operation.NONE) {
                return entry(step.id(), present);
            }
            if (step.operation() != Operation.REPLACE) {
                uuid = present.uuid();
            }
        } else if (step.operation() != Operation.CREATE) {
            return Optional.empty();
        }
        return resource.protect() || !uuid.equals(own)
                ? Optional.of(Ledger.Entry.of(resource.project(), step.id(), uuid, resource.protect()))
                : Optional.empty();
    }

    private Ledger ledger() {
        return observation.of(Ledger.ID) instanceof Observed.Present present
                ? Ledger.of(present.defined())
                : new Ledger(Map.of());
    }
}
