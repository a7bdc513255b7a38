package dev.paddock.core.plan;

import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.core.bind.Declared;
import dev.paddock.core.observe.Observation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tells whose an object is. */
final class Ownership {
    private final Observation observation;

    Ownership(Observation observation) {
        this.observation = observation;
    }

    /**
     * Return whether an object is the resource's own: it bears the project's mark, has the UUID that the project gives
     * it, or the very UUID that was declared. Another project's mark overrules a UUID.
     */
    boolean isOurs(Declared resource, Observed.Present present) {
        var stamp = Stamp.of(present.defined());
        if (stamp.isPresent()) {
            return stamp.get().project().equals(resource.project());
        }
        return isMarked(resource.project(), resource.id(), present)
                || resource.uuid()
                        .map(uuid -> uuid.equalsIgnoreCase(present.uuid()))
                        .orElse(false);
    }

    /** Return whether an object was made or adopted by a project, whatever is declared now. */
    boolean isMarked(String project, ResourceId id, Observed.Present present) {
        var stamp = Stamp.of(present.defined());
        if (stamp.isPresent()) {
            return stamp.get().project().equals(project);
        }
        return present.uuid().equals(Identity.uuid(project, id))
                || (id.kind().equals(Ledger.ID.kind()) && ledger().holds(id, present.uuid()));
    }

    /** Return the step that brings the ledger up to what the other steps adopt and remove, if it has to change. */
    Optional<Step> ledgerAfter(Map<ResourceId, Declared> declared, Collection<Step> steps) {
        Map<String, String> adopted = new TreeMap<>();
        var touches = steps.stream()
                .anyMatch(step -> step.id().kind().equals(Ledger.ID.kind())
                        && (step.operation() == Operation.ADOPT || step.operation() == Operation.DELETE));
        if (!touches) {
            return Optional.empty();
        }
        var before = ledger();
        adopted.putAll(before.adopted());
        for (var step : steps) {
            if (!step.id().kind().equals(Ledger.ID.kind())) {
                continue;
            }
            if (step.operation() == Operation.DELETE) {
                adopted.remove(step.id().name());
            } else if (step.operation() == Operation.ADOPT
                    && observation.of(step.id()) instanceof Observed.Present present) {
                adopted.put(step.id().name(), present.uuid());
            }
        }
        var after = new Ledger(adopted);
        if (after.equals(before)) {
            return Optional.empty();
        }
        var uuid = Identity.uuid("", Ledger.ID);
        var action = adopted.isEmpty() ? new Action.Undefine(Ledger.ID) : new Action.Define(Ledger.ID, after.xml(uuid));
        return Optional.of(new Step(
                Ledger.ID,
                Optional.empty(),
                adopted.isEmpty() ? Operation.DELETE : before.adopted().isEmpty() ? Operation.CREATE : Operation.UPDATE,
                List.of(),
                List.of(),
                List.of(action),
                List.of(),
                List.of(),
                Set.of()));
    }

    private Ledger ledger() {
        return observation.of(Ledger.ID) instanceof Observed.Present present
                ? Ledger.of(present.defined())
                : new Ledger(Map.of());
    }
}
