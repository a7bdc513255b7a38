package dev.paddock.core.plan;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.RelatedDocuments;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.xml.Element;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.ResourceUuid;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reports references to resources that will not exist, and names that are taken by objects of other kinds. */
final class ReferenceCheck {
    private static final int MOST_NAMES = 20;
    private static final String RENAMED = "vm";

    private final PlanDraft draft;

    ReferenceCheck(PlanDraft draft) {
        this.draft = draft;
    }

    /** Return the references without which a resource cannot be made. */
    static List<ResourceReference> required(DeclaredResource resource) {
        return resource.kind().references(resource.id(), resource.document()).stream()
                .filter(ResourceReference::required)
                .toList();
    }

    /** Check the references of the selected resources. */
    void checkReferences(Set<ResourceId> selected) {
        for (var id : selected) {
            var resource = draft.declared().get(id);
            if (resource == null
                    || resource.state() == DesiredState.ABSENT
                    || draft.options().destroy()) {
                continue;
            }
            for (var reference : resource.kind().references(resource.id(), resource.document())) {
                if (draft.options().incomplete().contains(reference.to().kind())) {
                    continue;
                }
                if (reference.required()) {
                    check(resource, reference);
                } else {
                    checkContents(resource, reference);
                }
            }
        }
    }

    private void check(DeclaredResource resource, ResourceReference reference) {
        var target = draft.declared().get(reference.to());
        if (target != null && target.state() != DesiredState.ABSENT) {
            return;
        }
        if (target != null) {
            draft.diagnostics()
                    .add(Diagnostic.error(
                            Code.STILL_REFERENCED,
                            target.place(),
                            reference.to() + " is to go (state: absent), but " + resource.id()
                                    + " still refers to it at " + reference.path() + ".",
                            "Take the reference away, or let the " + reference.to() + " stay."));
            return;
        }
        switch (draft.observation().of(reference.to())) {
            case Observed.Present present -> {}
            case Observed.Unreadable unreadable -> draft.diagnostics().add(unreadable.why());
            case Observed.Absent absent -> reportUnknown(resource, reference, isNeeded(resource, reference));
        }
    }

    /**
     * Return whether a resource cannot become what is declared without what it refers to. libvirt needs it at the start
     * only, and what a person removed from under an object of the host breaks no plan that leaves that object alone.
     */
    private boolean isNeeded(DeclaredResource resource, ResourceReference reference) {
        var stays = resource.kind().hasState() && resource.state() == DesiredState.INACTIVE;
        var known = draft.observation().of(resource.id()) instanceof Observed.Present present
                && (present.active() || !resource.kind().hasState())
                && resource.kind().references(resource.id(), present.defined()).stream()
                        .anyMatch(each -> each.to().equals(reference.to()));
        return !stays && !known;
    }

    /** Check a reference into an active container: what is not there now is not there when it is needed. */
    private void checkContents(DeclaredResource resource, ResourceReference reference) {
        var kind = draft.kind(reference.to());
        if (kind.isEmpty() || isProvided(reference.to())) {
            return;
        }
        kind.get().references(reference.to(), Element.of(kind.get().root())).stream()
                .findFirst()
                .filter(container -> draft.observation().of(container.to()) instanceof Observed.Present present
                        && present.active()
                        && draft.observation().of(reference.to()) instanceof Observed.Absent)
                .ifPresent(container -> reportUnknown(resource, reference, isNeeded(resource, reference)));
    }

    /** Return whether the object is declared, or is of the same name as one that brings a file of its own. */
    private boolean isProvided(ResourceId id) {
        var own = id.name().substring(id.name().indexOf('/') + 1);
        return draft.declared().containsKey(id)
                || draft.declared().values().stream()
                        .filter(other -> DataKind.of(other.kind()).isShared())
                        .anyMatch(other -> own.startsWith(other.id().name()));
    }

    private void reportUnknown(DeclaredResource resource, ResourceReference reference, boolean needed) {
        var names = names(reference.to());
        var suggestion = Suggestion.nearest(reference.to().name(), names)
                .map(name -> "Did you mean '" + shortened(reference.to(), name) + "'? ")
                .orElse("");
        draft.diagnostics()
                .add(new Diagnostic(
                        Code.UNKNOWN_REFERENCE,
                        needed ? Severity.ERROR : Severity.WARNING,
                        Optional.of(resource.located().at(reference.field())),
                        resource.id() + " refers to " + reference.to() + " at " + reference.path()
                                + ", which is neither declared nor on the host."
                                + (needed ? "" : " It cannot start like that."),
                        Optional.of(suggestion + "Declare it, or correct the name."
                                + (suggestion.isEmpty() ? " " + listed(reference.to(), names) : ""))));
    }

    /** Return the names that the reference could have meant: of the kind, and in the same container. */
    private Set<String> names(ResourceId missing) {
        var container = missing.name().contains("/")
                ? missing.name().substring(0, missing.name().indexOf('/') + 1)
                : "";
        Set<String> names =
                new TreeSet<>(draft.observation().all(missing.kind()).keySet());
        draft.declared().values().stream()
                .filter(other -> other.state() != DesiredState.ABSENT)
                .map(DeclaredResource::id)
                .filter(id -> id.kind().equals(missing.kind()))
                .forEach(id -> names.add(id.name()));
        names.removeIf(name -> !name.startsWith(container) || draft.isLedger(new ResourceId(missing.kind(), name)));
        return names;
    }

    private static String listed(ResourceId missing, Set<String> names) {
        var shown = names.stream()
                .limit(MOST_NAMES)
                .map(name -> shortened(missing, name))
                .toList();
        return names.isEmpty()
                ? "There is none on the host."
                : "There are: " + String.join(", ", shown) + (names.size() > MOST_NAMES ? ", ..." : "") + ".";
    }

    /** Return the name as it is given in the playbook, without its container. */
    private static String shortened(ResourceId missing, String name) {
        return missing.name().contains("/") ? name.substring(name.indexOf('/') + 1) : name;
    }

    /** Report what the host lacks for what is to be created or changed on it. */
    void checkHost() {
        for (var step : draft.steps().values()) {
            var resource = draft.declared().get(step.id());
            var removed = draft.options().destroy() || (resource != null && resource.state() == DesiredState.ABSENT);
            if (resource == null || removed || !step.operation().isChange()) {
                continue;
            }
            var observed = draft.observation().of(step.id()) instanceof Observed.Present present
                    ? Optional.of(present.live().orElse(present.defined()))
                    : Optional.<Element>empty();
            draft.diagnostics()
                    .addAll(CheckedKind.of(resource.kind()).misfits(resource.located(), observed, draft.reader()));
        }
    }

    /** Check that no step creates an object whose UUID an object of another name has. */
    void checkIdentities() {
        draft.steps().values().stream()
                .filter(step -> step.operation() == Operation.CREATE || step.operation() == Operation.REPLACE)
                .map(step -> draft.declared().get(step.id()))
                .filter(Objects::nonNull)
                .filter(ReferenceCheck::mayBeTaken)
                .forEach(this::checkIdentity);
    }

    /** A UUID that follows from the name is another's only if somebody renamed it, as libvirt can do with VMs. */
    private static boolean mayBeTaken(DeclaredResource resource) {
        return resource.uuid().isPresent() || resource.kind().name().equals(RENAMED);
    }

    private void checkIdentity(DeclaredResource resource) {
        var uuid = resource.uuid().orElse(ResourceUuid.uuid(resource.project(), resource.id()));
        draft.observation().all(resource.kind().name()).forEach((name, observed) -> {
            var other = new ResourceId(resource.kind().name(), name);
            if (observed instanceof Observed.Present present
                    && present.uuid().equalsIgnoreCase(uuid)
                    && !name.equals(resource.id().name())
                    && !draft.isDeleted(other)) {
                draft.diagnostics()
                        .add(Diagnostic.error(
                                Code.UUID_TAKEN,
                                resource.place(),
                                "The host has the UUID " + uuid + " of " + resource.id() + " already, for " + other
                                        + ", and libvirt keeps one object of a UUID.",
                                "If it was renamed, give it the name '" + name + "' here, or its old name there with"
                                        + " virsh domrename. Otherwise declare another uuid."));
            }
        });
    }

    /** Check the resources that change against others that they depend on. */
    void checkRelations() {
        for (var step : draft.steps().values()) {
            var resource = draft.declared().get(step.id());
            if (resource != null && step.operation().isChange() && step.operation() != Operation.DELETE) {
                CheckedKind.of(resource.kind())
                        .mistakes(resource.id(), resource.document(), resource.place(), new Documents(draft))
                        .forEach(draft.diagnostics()::add);
            }
        }
    }

    /** The documents of other resources. */
    private record Documents(PlanDraft draft) implements RelatedDocuments {
        @Override
        public Optional<Element> of(ResourceId id) {
            var declared = draft.declared().get(id);
            return declared != null
                    ? Optional.of(declared.document())
                    : draft.observation().of(id) instanceof Observed.Present present
                            ? Optional.of(present.defined())
                            : Optional.empty();
        }

        @Override
        public Map<ResourceId, Element> declared(String kind) {
            Map<ResourceId, Element> found = new LinkedHashMap<>();
            draft.declared().forEach((id, resource) -> {
                if (id.kind().equals(kind)) {
                    found.put(id, resource.document());
                }
            });
            return found;
        }

        @Override
        public Map<ResourceId, Element> observed(String kind) {
            Map<ResourceId, Element> found = new LinkedHashMap<>();
            draft.observation().all(kind).forEach((name, observed) -> {
                if (observed instanceof Observed.Present present) {
                    found.put(new ResourceId(kind, name), present.defined());
                }
            });
            return found;
        }
    }

    /** Check that no step creates an object whose name an object of another kind has. */
    void checkNamesakes() {
        Map<ResourceId, PlanStep> conflicts = new LinkedHashMap<>();
        Map<String, Set<String>> names = new LinkedHashMap<>();
        draft.steps().values().stream()
                .filter(step -> step.operation() == Operation.CREATE)
                .forEach(step -> draft.namesakes(step.id()).forEach(other -> {
                    conflicts.put(other, step);
                    names.computeIfAbsent(other.kind(), kind -> new LinkedHashSet<>())
                            .add(other.name());
                }));
        names.forEach(draft.observation()::prepare);
        conflicts.forEach((other, step) -> {
            if (draft.observation().of(other) instanceof Observed.Present && !draft.isDeleted(other)) {
                draft.error(
                        step,
                        Code.NOT_OURS,
                        "The host has a " + other + " already, and libvirt takes it for the same as " + step.id()
                                + ": of a name it keeps one.",
                        "Declare another name, or remove the " + other + " first.");
            }
        });
    }
}
