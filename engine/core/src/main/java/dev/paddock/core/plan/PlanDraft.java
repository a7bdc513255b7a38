package dev.paddock.core.plan;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Diagnostics;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.observe.Observation;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.InventoryHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan for one host while it is being made.
 *
 * @param kinds by name
 * @param comparators by the name of their kind
 * @param declared the resources that are declared on the host
 * @param projects the projects whose resources may be pruned
 * @param steps the steps so far; the parts of the planner add and replace steps
 * @param diagnostics the diagnostics so far; the parts of the planner add more
 */
record PlanDraft(
        InventoryHost host,
        Map<String, Kind> kinds,
        Map<String, ResourceComparator> comparators,
        Map<ResourceId, DeclaredResource> declared,
        Set<String> projects,
        PlanOptions options,
        HostReader reader,
        Observation observation,
        Ownership ownership,
        Map<ResourceId, PlanStep> steps,
        Diagnostics diagnostics) {

    Optional<Kind> kind(ResourceId id) {
        return Optional.ofNullable(kinds.get(id.kind()));
    }

    ResourceComparator comparator(Kind kind) {
        var comparator = comparators.get(kind.name());
        if (comparator == null) {
            throw new IllegalStateException(
                    "The kind " + kind.name() + " is unknown to the planner. This is a bug in this tool.");
        }
        return comparator;
    }

    /** Return whether the plan deletes a resource. */
    boolean isDeleted(ResourceId id) {
        var step = steps.get(id);
        return step != null && step.operation() == Operation.DELETE;
    }

    /** Return whether the plan takes a container to another place. */
    boolean isMoved(ResourceId id) {
        var step = steps.get(id);
        return step != null
                && kind(id).map(ContainedKind::of)
                        .filter(kind -> step.changes().stream().anyMatch(kind::moves))
                        .isPresent();
    }

    boolean isLedger(ResourceId id) {
        return ownership.ledgerId().filter(id::equals).isPresent();
    }

    /** Return the resources of other kinds that would be the same libvirt object as this one. */
    List<ResourceId> namesakes(ResourceId id) {
        return kind(id).map(own -> kinds.values().stream()
                        .filter(kind ->
                                !kind.name().equals(id.kind()) && kind.root().equals(own.root()))
                        .map(kind -> new ResourceId(kind.name(), id.name()))
                        .toList())
                .orElse(List.of());
    }

    /** Report an error of a step, with the location of its declaration if it has one. */
    void error(PlanStep step, Code code, String detail, String fix) {
        diagnostics.add(step.place()
                .map(location -> Diagnostic.error(code, location, detail, fix))
                .orElseGet(() -> Diagnostic.error(code, detail, fix)));
    }

    void reportProtected(ResourceId id, Optional<DeclaredResource> resource) {
        var detail = id + " is protected (protect: true) and is not removed.";
        var fix = "Set protect: false on it and apply; after that it can be removed.";
        diagnostics.add(resource.map(found -> Diagnostic.error(Code.PROTECTED, found.place(), detail, fix))
                .orElseGet(() -> Diagnostic.error(Code.PROTECTED, detail, fix)));
    }
}
