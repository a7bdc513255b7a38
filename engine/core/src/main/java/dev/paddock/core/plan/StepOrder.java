package dev.paddock.core.plan;

import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.FileKind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.link.ResourceGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Orders the steps of a plan: an object is made after what it needs, and deleted after everything that still refers to
 * it.
 */
final class StepOrder {
    private final PlanDraft draft;
    private final ResourceGraph graph;
    /** The resources whose steps come before the step of a resource. */
    private final Map<ResourceId, Set<ResourceId>> predecessors = new LinkedHashMap<>();

    StepOrder(PlanDraft draft, ResourceGraph graph) {
        this.draft = draft;
        this.graph = graph;
    }

    /**
     * Return the steps in an order in which they can be carried out, each with the steps that it waits for.
     *
     * @param ledger the step on the ledger, which is one of the steps of the draft
     */
    List<PlanStep> ordered(Optional<Ownership.LedgerStep> ledger) {
        draft.steps().keySet().forEach(this::predecessors);
        draft.steps().values().forEach(this::addReferences);
        addFiles();
        ledger.ifPresent(this::addLedger);
        List<PlanStep> result = new ArrayList<>();
        for (var id : ResourceGraph.of(predecessors).inOrder()) {
            var step = draft.steps().get(id);
            if (step != null) {
                var needed = new LinkedHashSet<>(predecessors.getOrDefault(id, Set.of()));
                needed.retainAll(draft.steps().keySet());
                result.add(step.after(needed));
            }
        }
        return result;
    }

    private Set<ResourceId> predecessors(ResourceId id) {
        return predecessors.computeIfAbsent(id, key -> new LinkedHashSet<>());
    }

    private void addReferences(PlanStep step) {
        var id = step.id();
        var own = predecessors(id);
        if (step.operation() != Operation.DELETE) {
            graph.needs(id).stream().filter(need -> !draft.isDeleted(need)).forEach(own::add);
            draft.namesakes(id).stream().filter(draft::isDeleted).forEach(own::add);
        }
        var kind = draft.kind(id);
        // The references of the ledger are records, and order nothing.
        if (kind.isPresent() && !draft.isLedger(id) && draft.observation().of(id) instanceof Observed.Present present) {
            for (var reference : kind.get().references(id, present.defined())) {
                var target = reference.to();
                if (draft.isDeleted(target) && !target.equals(id)) {
                    predecessors(target).add(id);
                }
            }
        }
    }

    /** A file is deleted after the objects that need it. */
    private void addFiles() {
        Map<String, ResourceId> files = new LinkedHashMap<>();
        Map<ResourceId, List<String>> needed = new LinkedHashMap<>();
        for (var id : draft.steps().keySet()) {
            var kind = draft.kind(id);
            if (kind.isPresent() && draft.observation().of(id) instanceof Observed.Present present) {
                if (DataKind.of(kind.get()).holdsData()) {
                    FileKind.of(kind.get())
                            .file(id, present.defined(), other -> Optional.empty())
                            .ifPresent(file -> files.put(file, id));
                }
                needed.put(id, FileKind.of(kind.get()).files(present.defined()));
            }
        }
        needed.forEach((id, paths) -> paths.forEach(path -> {
            var file = files.get(path);
            if (file != null && draft.isDeleted(file) && draft.isDeleted(id)) {
                predecessors(file).add(id);
            }
        }));
    }

    /**
     * The ledger gains a record before the object changes, and loses it after the object is deleted. If an object can
     * only be deleted after another one has gained its record, the ledger comes last.
     */
    private void addLedger(Ownership.LedgerStep ledger) {
        var ledgerId = ledger.step().id();
        var deleted = draft.steps().values().stream()
                .filter(step -> step.operation() == Operation.DELETE)
                .map(PlanStep::id)
                .filter(id -> id.kind().equals(ledgerId.kind()) && !id.equals(ledgerId))
                .toList();
        var beforeDeleted = ResourceGraph.of(predecessors).withNeeds(deleted);
        var beforeLedger = predecessors(ledgerId);
        beforeLedger.addAll(deleted);
        if (ledger.gaining().stream().anyMatch(beforeDeleted::contains)) {
            beforeLedger.addAll(ledger.gaining());
        } else {
            ledger.gaining().forEach(id -> predecessors(id).add(ledgerId));
        }
    }
}
