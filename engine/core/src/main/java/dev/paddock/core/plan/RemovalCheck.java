package dev.paddock.core.plan;

import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.stream.Collectors;

/** Reports removals that break what remains on the host, and losses of data without consent. */
final class RemovalCheck {
    /** How many objects a message names. */
    private static final int MOST_NAMED = 10;

    private static final Element NONE = Element.of("none");

    private final PlanDraft draft;

    RemovalCheck(PlanDraft draft) {
        this.draft = draft;
    }

    void check() {
        List.copyOf(draft.steps().values()).forEach(this::checkStillReferenced);
        List.copyOf(draft.steps().values()).forEach(this::addContainedLosses);
        List.copyOf(draft.steps().values()).forEach(this::checkLosses);
        List.copyOf(draft.steps().values()).forEach(this::warnOfData);
    }

    /** libvirt deletes a filter that another one refers to, and leaves the other one broken. */
    private void checkStillReferenced(PlanStep step) {
        var kind = draft.kind(step.id());
        if (step.operation() != Operation.DELETE || kind.isEmpty()) {
            return;
        }
        draft.observation().all(kind.get().name()).forEach((name, observed) -> {
            var id = new ResourceId(kind.get().name(), name);
            if (draft.isLedger(id)
                    || draft.steps().containsKey(id)
                    || !(observed instanceof Observed.Present present)) {
                return;
            }
            var refers = kind.get().references(id, present.defined()).stream()
                    .anyMatch(reference -> reference.to().equals(step.id()));
            if (refers) {
                draft.diagnostics()
                        .add(Diagnostic.error(
                                Code.STILL_REFERENCED,
                                step.id() + " is to be removed, but " + id
                                        + ", which is not declared here, still refers to it.",
                                "Remove the reference or the " + id + " first, or let the " + step.id() + " stay."));
            }
        });
    }

    /** An object that contains others loses them, unless a step of their own deletes them. */
    private void addContainedLosses(PlanStep step) {
        var kind = draft.kind(step.id());
        if (kind.isEmpty() || (step.operation() != Operation.DELETE && step.operation() != Operation.REPLACE)) {
            return;
        }
        var losses = draft.kinds().values().stream()
                .filter(inner -> ContainedKind.of(kind.get()).holds().contains(inner.name()))
                .flatMap(inner -> contained(inner, step.id()).stream())
                .filter(id -> !draft.isDeleted(id))
                .map(id -> StateChanges.loss(id.toString()))
                .toList();
        if (!losses.isEmpty()) {
            draft.steps().put(step.id(), step.withChanges(losses));
        }
    }

    private List<ResourceId> contained(Kind inner, ResourceId container) {
        return draft.observation().all(inner.name()).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(container.name() + "/"))
                .filter(entry -> !(entry.getValue() instanceof Observed.Absent))
                .map(entry -> new ResourceId(inner.name(), entry.getKey()))
                .toList();
    }

    /** Data is lost only with consent, and never while something uses it. */
    private void checkLosses(PlanStep step) {
        if (step.cost() != Cost.LOSS) {
            return;
        }
        if (!draft.options().allowDataLoss()) {
            reportLoss(step);
        }
        var users = draft.reader().users(step.id()).stream()
                .filter(usage -> !draft.isDeleted(usage.by()))
                .map(VolumeUsage::toString)
                .collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            draft.error(
                    step,
                    Code.STILL_REFERENCED,
                    "The " + step.id() + " " + step.operation().phrase() + ", but it is used by " + users + ".",
                    "Remove what uses it first, or let the " + step.id() + " stay as it is.");
        }
    }

    /** A container that moves leaves behind what it contains, and declared objects are created anew. */
    private void warnOfData(PlanStep step) {
        if (!draft.isMoved(step.id())) {
            return;
        }
        var names = draft.kinds().values().stream()
                .filter(inner -> ContainedKind.of(inner).within().isPresent())
                .filter(inner -> inner
                        .references(new ResourceId(inner.name(), step.id().name() + "/"), NONE)
                        .stream()
                        .anyMatch(reference -> reference.to().equals(step.id())))
                .flatMap(inner -> contained(inner, step.id()).stream())
                .map(ResourceId::toString)
                .toList();
        var changes = step.changes().stream()
                .filter(change -> draft.kind(step.id())
                        .map(ContainedKind::of)
                        .filter(kind -> kind.moves(change))
                        .isPresent())
                .map(change -> change.path() + " from " + change.before().orElse("nothing") + " to "
                        + change.after().orElse("nothing"))
                .collect(Collectors.joining(", "));
        var what = names.isEmpty()
                ? "What it contains stays"
                : names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "")
                        + (names.size() == 1 ? " stays" : " stay");
        draft.diagnostics()
                .add(step.place()
                        .map(location -> Diagnostic.warning(
                                Code.DATA_LEFT_BEHIND,
                                location,
                                "The " + step.id() + " moves: " + changes + ". " + what
                                        + " in the old place with all data. What is declared and not in the new place"
                                        + " is created empty, and VMs find that.",
                                "To keep the data, stop the VMs that use it and move it to the new place before you"
                                        + " apply; or undo the change."))
                        .orElseThrow());
    }

    private void reportLoss(PlanStep step) {
        var losses = step.changes().stream()
                .filter(change -> change.cost() == Cost.LOSS)
                .map(change -> change.path() + (change.why().isEmpty() ? "" : ": " + change.why()))
                .collect(Collectors.joining(" "));
        draft.error(
                step,
                Code.DATA_LOSS,
                "The " + step.id() + " " + step.operation().phrase() + ", which loses its data. " + losses,
                "Undo the change; or, if the data is to go, run again with --allow-data-loss.");
    }
}
