package dev.paddock.core.plan;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.resource.DeclaredResource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Deletes the objects of the projects that are no longer declared. */
final class Pruner {
    private final PlanDraft draft;

    Pruner(PlanDraft draft) {
        this.draft = draft;
    }

    void prune() {
        Set<ResourceId> shared = new TreeSet<>(Comparator.comparing(ResourceId::toString));
        for (var kind : draft.kinds().values()) {
            draft.observation().all(kind.name()).forEach((name, observed) -> {
                var id = new ResourceId(kind.name(), name);
                if (draft.declared().containsKey(id)
                        || !(observed instanceof Observed.Present present)
                        || isRenamed(id, present)) {
                    return;
                }
                if (isSharedProject() && isOfDefault(kind, id, present)) {
                    shared.add(id);
                } else if (DataKind.of(kind).holdsData()) {
                    pruneData(kind, id, present);
                } else {
                    prune(kind, id, present);
                }
            });
        }
        if (!shared.isEmpty()) {
            warn(shared);
        }
    }

    /** Return whether a declared resource has the UUID of an object, and so takes its place. */
    private boolean isRenamed(ResourceId id, Observed.Present present) {
        return draft.declared().values().stream()
                .filter(resource -> resource.id().kind().equals(id.kind()))
                .flatMap(resource -> resource.uuid().stream())
                .anyMatch(present.uuid()::equalsIgnoreCase);
    }

    /** Return whether a play names no project: it shares the default with all others that name none. */
    private boolean isSharedProject() {
        return !draft.projects().contains(DeclaredResource.DEFAULT_PROJECT)
                && (draft.projects().isEmpty()
                        || draft.declared().values().stream()
                                .anyMatch(resource -> resource.project().equals(DeclaredResource.DEFAULT_PROJECT)));
    }

    private boolean isOfDefault(Kind kind, ResourceId id, Observed.Present present) {
        return DataKind.of(kind).holdsData()
                ? owner(kind, present)
                        .filter(DeclaredResource.DEFAULT_PROJECT::equals)
                        .isPresent()
                : !draft.isLedger(id) && draft.ownership().isMarked(DeclaredResource.DEFAULT_PROJECT, id, present);
    }

    private void warn(Set<ResourceId> shared) {
        draft.diagnostics()
                .add(Diagnostic.warning(
                        Code.PRUNE_OF_DEFAULT,
                        "Declared here no more, or by another playbook that names no project either: "
                                + shared.stream().map(ResourceId::toString).collect(Collectors.joining(", "))
                                + ". It stays.",
                        "If no other playbook needs it, write 'project: default' in the play and prune again. A project"
                                + " of its own for each playbook keeps them apart."));
    }

    private void prune(Kind kind, ResourceId id, Observed.Present present) {
        if (draft.isLedger(id)
                || draft.projects().stream()
                        .noneMatch(project -> draft.ownership().isMarked(project, id, present))) {
            return;
        }
        if (draft.ownership().isProtected(id, present)) {
            draft.reportProtected(id, Optional.empty());
        } else {
            delete(kind, id, present);
        }
    }

    /** Data is deleted only with consent. */
    private void pruneData(Kind kind, ResourceId id, Observed.Present present) {
        if (!isOwned(kind, present)) {
            return;
        }
        if (draft.options().allowDataLoss()) {
            delete(kind, id, present);
        } else {
            draft.diagnostics()
                    .add(Diagnostic.warning(
                            Code.DATA_LOSS,
                            "The " + id + " is declared no more, holds data, and stays.",
                            "To delete it, run again with --prune --allow-data-loss."));
        }
    }

    private void delete(Kind kind, ResourceId id, Observed.Present present) {
        draft.steps().put(id, draft.comparator(kind).delete(id, Optional.empty(), present, draft.reader()));
    }

    private boolean isOwned(Kind kind, Observed.Present present) {
        return owner(kind, present).filter(draft.projects()::contains).isPresent();
    }

    private static Optional<String> owner(Kind kind, Observed.Present present) {
        return DataKind.of(kind)
                .owner(present.defined())
                .flatMap(OwnershipMetadata::of)
                .map(OwnershipMetadata::project);
    }
}
