package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LedgerKind;
import dev.paddock.api.kind.LedgerRecord;
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

/** Determines which project owns an object, and keeps the ledger that records it where no metadata can. */
final class Ownership {
    private final Observation observation;
    private final Map<String, Kind> kinds;
    /** Without it, nothing is recorded of kinds that keep no metadata. */
    private final Optional<LedgerKind> ledgerKind;

    /**
     * The step that updates the ledger.
     *
     * @param gaining the objects whose records are new or change
     */
    record LedgerStep(PlanStep step, Set<ResourceId> gaining) {}

    Ownership(Observation observation, Map<String, Kind> kinds) {
        this.observation = observation;
        this.kinds = kinds;
        this.ledgerKind = kinds.values().stream()
                .filter(LedgerKind.class::isInstance)
                .map(LedgerKind.class::cast)
                .findFirst();
    }

    /** Return the ID of the object that carries the ledger. */
    Optional<ResourceId> ledgerId() {
        return ledgerKind.map(LedgerKind::ledger);
    }

    /**
     * Return whether a resource owns an object: the object has the mark of the project, the UUID that the project gives
     * it, or the declared UUID. The mark of another project overrules a UUID.
     */
    boolean isOurs(DeclaredResource resource, Observed.Present present) {
        return isMarked(resource.project(), resource.id(), present)
                || (!isMarkedByAny(resource.id(), present)
                        && resource.uuid()
                                .map(uuid -> uuid.equalsIgnoreCase(present.uuid()))
                                .orElse(false));
    }

    /** Return whether a project made or adopted an object, whatever is declared now. */
    boolean isMarked(String project, ResourceId id, Observed.Present present) {
        var mark = OwnershipMetadata.of(present.defined());
        if (mark.isPresent()) {
            return mark.get().project().equals(project);
        }
        return find(id, present)
                .map(found -> Ledger.isOwner(found, project, id))
                .orElseGet(() -> present.uuid().equals(ResourceUuid.uuid(project, id)));
    }

    private boolean isMarkedByAny(ResourceId id, Observed.Present present) {
        return OwnershipMetadata.of(present.defined()).isPresent()
                || find(id, present).isPresent();
    }

    /** Return a sentence that says who owns an object that the project does not own. */
    String owner(ResourceId id, Observed.Present present) {
        return OwnershipMetadata.of(present.defined())
                .map(mark -> "It belongs to the project '" + mark.project() + "'.")
                .orElseGet(() ->
                        find(id, present).isPresent() ? "Another project adopted it." : "It bears no project's mark.");
    }

    /** Return whether an object was protected when it was last applied. */
    boolean isProtected(ResourceId id, Observed.Present present) {
        return OwnershipMetadata.of(present.defined())
                        .map(OwnershipMetadata::protect)
                        .orElse(false)
                || find(id, present).map(LedgerRecord::protect).orElse(false);
    }

    private Optional<LedgerRecord> find(ResourceId id, Observed.Present present) {
        return isRecorded(id)
                ? ledger().flatMap(ledger -> ledger.find(id, recordedUuid(id, present.uuid())))
                : Optional.empty();
    }

    /** The ledger records objects of kinds that keep no metadata, except shared ones. */
    private boolean isRecorded(ResourceId id) {
        var kind = kinds.get(id.kind());
        return kind != null && !kind.keepsMetadata() && !DataKind.of(kind).isShared();
    }

    /** Return the UUID in the record of an object: data has none of its own, and is known by its name. */
    private String recordedUuid(ResourceId id, String uuid) {
        var kind = kinds.get(id.kind());
        return kind != null && DataKind.of(kind).holdsData() ? ResourceUuid.uuid("", id) : uuid;
    }

    private Optional<Ledger> ledger() {
        return ledgerKind.map(kind -> observation.of(kind.ledger()) instanceof Observed.Present present
                ? new Ledger(kind, kind.records(present.defined()))
                : new Ledger(kind, Map.of()));
    }

    /**
     * Return the step that updates the ledger to the outcome of the other steps; empty if the ledger does not change.
     *
     * @param declared all declared resources, also those without a step
     */
    Optional<LedgerStep> ledgerStep(Map<ResourceId, DeclaredResource> declared, Collection<PlanStep> steps) {
        if (steps.stream().noneMatch(step -> isRecorded(step.id()))) {
            return Optional.empty();
        }
        return ledger().flatMap(before -> ledgerStep(before, declared, steps));
    }

    private Optional<LedgerStep> ledgerStep(
            Ledger before, Map<ResourceId, DeclaredResource> declared, Collection<PlanStep> steps) {
        Map<String, LedgerRecord> records = new TreeMap<>(before.records());
        records.entrySet().removeIf(entry -> isStale(before, entry.getKey(), entry.getValue(), declared, steps));
        Map<ResourceId, String> names = new HashMap<>();
        for (var step : steps) {
            if (isRecorded(step.id())) {
                nameBefore(before, step.id()).ifPresent(records::remove);
                recordAfter(step, Optional.ofNullable(declared.get(step.id()))).ifPresent(found -> {
                    var name = before.name(step.id(), found.uuid());
                    names.put(step.id(), name);
                    records.put(name, found);
                });
            }
        }
        var after = new Ledger(before.kind(), records);
        if (after.equals(before)) {
            return Optional.empty();
        }
        var gaining = names.entrySet().stream()
                .filter(entry -> !Objects.equals(
                        records.get(entry.getValue()), before.records().get(entry.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return Optional.of(new LedgerStep(step(before, after), gaining));
    }

    private static PlanStep step(Ledger before, Ledger after) {
        var id = after.kind().ledger();
        var uuid = ResourceUuid.uuid("", id);
        var isEmpty = after.records().isEmpty();
        var action = isEmpty ? new Action.Undefine(id) : new Action.Define(id, after.xml(uuid));
        var operation = isEmpty ? Operation.DELETE : before.records().isEmpty() ? Operation.CREATE : Operation.UPDATE;
        return new PlanStep(
                id,
                Optional.empty(),
                operation,
                changes(before, after),
                List.of(),
                List.of(action),
                operation == Operation.CREATE ? Optional.of(after.xml(uuid)) : Optional.empty(),
                List.of(),
                List.of(),
                Set.of());
    }

    private static List<Change> changes(Ledger before, Ledger after) {
        var names = new TreeSet<>(before.records().keySet());
        names.addAll(after.records().keySet());
        return names.stream()
                .filter(name -> !Objects.equals(
                        before.records().get(name), after.records().get(name)))
                .map(name -> change(
                        after.kind().name() + "/" + name,
                        Optional.ofNullable(before.records().get(name)).map(Ledger::phrase),
                        Optional.ofNullable(after.records().get(name)).map(Ledger::phrase)))
                .toList();
    }

    private static Change change(String path, Optional<String> before, Optional<String> after) {
        var action =
                before.isEmpty() ? Change.Action.ADD : after.isEmpty() ? Change.Action.REMOVE : Change.Action.CHANGE;
        return new Change(path, path, action, before, after, Change.Extent.DEFINED, Cost.LIVE, "");
    }

    private Optional<String> nameBefore(Ledger ledger, ResourceId id) {
        return observation.of(id) instanceof Observed.Present present
                ? Optional.of(ledger.name(id, recordedUuid(id, present.uuid())))
                : id.kind().equals(ledger.kind().name()) ? Optional.of(id.name()) : Optional.empty();
    }

    /** Return whether the object of a record is gone: others removed it, or a run that was killed before it finished. */
    private boolean isStale(
            Ledger ledger,
            String name,
            LedgerRecord ledgerRecord,
            Map<ResourceId, DeclaredResource> declared,
            Collection<PlanStep> steps) {
        for (var kind : kinds.values()) {
            if (!kind.name().equals(ledger.kind().name()) && name.startsWith(kind.name() + ".")) {
                return steps.stream().anyMatch(step -> step.id().kind().equals(kind.name()))
                        && observation.all(kind.name()).entrySet().stream()
                                .noneMatch(object -> object.getValue() instanceof Observed.Present present
                                        && recordedUuid(new ResourceId(kind.name(), object.getKey()), present.uuid())
                                                .equals(ledgerRecord.uuid()));
            }
        }
        var id = new ResourceId(ledger.kind().name(), name);
        return !declared.containsKey(id) && observation.of(id) instanceof Observed.Absent;
    }

    private Optional<LedgerRecord> recordAfter(PlanStep step, Optional<DeclaredResource> declared) {
        if (step.operation() == Operation.DELETE || declared.isEmpty()) {
            return Optional.empty();
        }
        var resource = declared.get();
        var own = ResourceUuid.uuid(resource.project(), step.id());
        var uuid = resource.uuid().orElse(own);
        if (observation.of(step.id()) instanceof Observed.Present present) {
            // An object that agrees with its declaration keeps its record, so that the plan after an import is empty.
            if (step.operation() == Operation.NONE) {
                return find(step.id(), present);
            }
            if (step.operation() != Operation.REPLACE) {
                uuid = present.uuid();
            }
        } else if (step.operation() != Operation.CREATE) {
            return Optional.empty();
        }
        uuid = recordedUuid(step.id(), uuid);
        return resource.protect() || (!DataKind.of(resource.kind()).holdsData() && !uuid.equals(own))
                ? Optional.of(Ledger.recordOf(resource.project(), step.id(), uuid, resource.protect()))
                : Optional.empty();
    }
}
