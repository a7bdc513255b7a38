package dev.paddock.core.plan;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import java.util.Optional;

/** Deletes the objects of the projects that are no longer declared. */
final class Pruner {
    private final PlanDraft draft;

    Pruner(PlanDraft draft) {
        this.draft = draft;
    }

    void prune() {
        for (var kind : draft.kinds().values()) {
            draft.observation().all(kind.name()).forEach((name, observed) -> {
                var id = new ResourceId(kind.name(), name);
                if (draft.declared().containsKey(id) || !(observed instanceof Observed.Present present)) {
                    return;
                }
                if (DataKind.of(kind).holdsData()) {
                    pruneData(kind, id, present);
                } else {
                    prune(kind, id, present);
                }
            });
        }
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
        return DataKind.of(kind)
                .owner(present.defined())
                .flatMap(OwnershipMetadata::of)
                .map(OwnershipMetadata::project)
                .filter(draft.projects()::contains)
                .isPresent();
    }
}
