package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.core.observe.Observation;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.ResourceUuid;
import java.util.Collection;
import java.util.HashMap;
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
    private final Map<String, Kind> kinds;

    /**
     * The step on the ledger.
     *
     * @param gaining the objects of which it says something new
     */
    record LedgerStep(PlanStep step, Set<ResourceId> gaining) {}

    Ownership(Observation observation, Map<String, Kind> kinds) {
        this.observation = observation;
        this.kinds = kinds;
    }

    /**
     * Return whether an object is the resource's own: it bears the project's mark, has the UUID that the project gives
     * it, or the very UUID that was declared. Another project's mark overrules a UUID.
     */
    boolean isOurs(DeclaredResource resource, Observed.Present present) {
        return isMarked(resource.project(), resource.id(), present)
                || (!isMarkedByAnybody(resource.id(), present)
                        && resource.uuid()
                                .map(uuid -> uuid.equalsIgnoreCase(present.uuid()))
                                .orElse(false));
    }

    /** Return whether an object was made or adopted by a project, whatever is declared now. */
    boolean isMarked(String project, ResourceId id, Observed.Present present) {
        var stamp = OwnershipMetadata.of(present.defined());
        if (stamp.isPresent()) {
            return stamp.get().project().equals(project);
        }
        return entry(id, present).map(entry -> entry.isOf(project, id)).orElseGet(() -> present.uuid()
                .equals(ResourceUuid.uuid(project, id)));
    }

    private boolean isMarkedByAnybody(ResourceId id, Observed.Present present) {
        return OwnershipMetadata.of(present.defined()).isPresent()
                || entry(id, present).isPresent();
    }

    /** Return a sentence on whose an object is, if not the project's that asks. */
    String owner(ResourceId id, Observed.Present present) {
        return OwnershipMetadata.of(present.defined())
                .map(stamp -> "It belongs to the project '" + stamp.project() + "'.")
                .orElseGet(() ->
                        entry(id, present).isPresent() ? "Another project adopted it." : "It bears no project's mark.");
    }

    /** Return whether an object was protected when it was last applied. */
    boolean isProtected(ResourceId id, Observed.Present present) {
        return OwnershipMetadata.of(present.defined())
                        .map(OwnershipMetadata::protect)
                        .orElse(false)
                || entry(id, present).map(Ledger.Entry::protect).orElse(false);
    }

    private Optional<Ledger.Entry> entry(ResourceId id, Observed.Present present) {
        return isRecorded(id) ? ledger().entry(id, recorded(id, present.uuid())) : Optional.empty();
    }

    /** What keeps no metadata is recorded in the ledger, unless it is everybody's. */
    private boolean isRecorded(ResourceId id) {
        var kind = kinds.get(id.kind());
        return kind != null && !kind.keepsMetadata() && !kind.isShared();
    }

    /** Return the UUID that the ledger knows an object by: data has none of its own, and is known by its name. */
    private String recorded(ResourceId id, String uuid) {
        var kind = kinds.get(id.kind());
        return kind != null && kind.holdsData() ? ResourceUuid.uuid("", id) : uuid;
    }

    /**
     * Return the step that brings the ledger up to what the other steps make of what is recorded in it, if it has to
     * change.
     *
     * @param declared all that is declared, also what no step is planned for
     */
    Optional<LedgerStep> ledgerAfter(Map<ResourceId, DeclaredResource> declared, Collection<PlanStep> steps) {
        if (steps.stream().noneMatch(step -> isRecorded(step.id()))) {
            return Optional.empty();
        }
        var before = ledger();
        Map<String, Ledger.Entry> entries = new TreeMap<>(before.entries());
        entries.entrySet().removeIf(entry -> isGone(entry.getKey(), entry.getValue(), declared, steps));
        Map<ResourceId, String> names = new HashMap<>();
        for (var step : steps) {
            if (isRecorded(step.id())) {
                nameBefore(step.id()).ifPresent(entries::remove);
                entryAfter(step, Optional.ofNullable(declared.get(step.id()))).ifPresent(known -> {
                    var name = Ledger.name(step.id(), known.uuid());
                    names.put(step.id(), name);
                    entries.put(name, known);
                });
            }
        }
        var after = new Ledger(entries);
        if (after.equals(before)) {
            return Optional.empty();
        }
        var uuid = ResourceUuid.uuid("", Ledger.ID);
        var action = entries.isEmpty() ? new Action.Undefine(Ledger.ID) : new Action.Define(Ledger.ID, after.xml(uuid));
        var operation =
                entries.isEmpty() ? Operation.DELETE : before.entries().isEmpty() ? Operation.CREATE : Operation.UPDATE;
        var step = new PlanStep(
                Ledger.ID,
                Optional.empty(),
                operation,
                changes(before.entries(), entries),
                List.of(),
                List.of(action),
                operation == Operation.CREATE ? Optional.of(after.xml(uuid)) : Optional.empty(),
                List.of(),
                List.of(),
                Set.of());
        var gaining = names.entrySet().stream()
                .filter(entry -> !Objects.equals(
                        entries.get(entry.getValue()), before.entries().get(entry.getValue())))
                .map(Map.Entry::getKey)
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

    private Optional<String> nameBefore(ResourceId id) {
        return observation.of(id) instanceof Observed.Present present
                ? Optional.of(Ledger.name(id, recorded(id, present.uuid())))
                : id.kind().equals(Ledger.ID.kind()) ? Optional.of(id.name()) : Optional.empty();
    }

    /** An entry may be left of an object that was removed by a run that was killed then, or by others. */
    private boolean isGone(
            String name, Ledger.Entry entry, Map<ResourceId, DeclaredResource> declared, Collection<PlanStep> steps) {
        for (var kind : kinds.values()) {
            if (!kind.name().equals(Ledger.ID.kind()) && name.startsWith(kind.name() + ".")) {
                return steps.stream().anyMatch(step -> step.id().kind().equals(kind.name()))
                        && observation.all(kind.name()).entrySet().stream()
                                .noneMatch(object -> object.getValue() instanceof Observed.Present present
                                        && recorded(new ResourceId(kind.name(), object.getKey()), present.uuid())
                                                .equals(entry.uuid()));
            }
        }
        var id = new ResourceId(Ledger.ID.kind(), name);
        return !declared.containsKey(id) && observation.of(id) instanceof Observed.Absent;
    }

    private Optional<Ledger.Entry> entryAfter(PlanStep step, Optional<DeclaredResource> declared) {
        if (step.operation() == Operation.DELETE || declared.isEmpty()) {
            return Optional.empty();
        }
        var resource = declared.get();
        var own = ResourceUuid.uuid(resource.project(), step.id());
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
        uuid = recorded(step.id(), uuid);
        return resource.protect() || (!resource.kind().holdsData() && !uuid.equals(own))
                ? Optional.of(Ledger.Entry.of(resource.project(), step.id(), uuid, resource.protect()))
                : Optional.empty();
    }

    private Ledger ledger() {
        return observation.of(Ledger.ID) instanceof Observed.Present present
                ? Ledger.of(present.defined())
                : new Ledger(Map.of());
    }
}
