package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.AcceleratedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LiveKind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.Overlay;
import dev.paddock.core.diff.RuleIndex;
import dev.paddock.core.diff.SecretMask;
import dev.paddock.core.resource.ChangePolicy;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.ResourceUuid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares declared resources of one kind with the objects of a host, and makes the steps that bring them together. */
final class ResourceComparator {
    private final Kind kind;
    private final Differ differ;
    private final Overlay overlay;
    private final SecretMask secrets;

    ResourceComparator(Kind kind) {
        this.kind = kind;
        var index = new RuleIndex(kind.rules());
        this.differ = new Differ(index);
        this.overlay = new Overlay(index);
        this.secrets = new SecretMask(kind.rules());
    }

    PlanStep nothing(DeclaredResource resource) {
        return step(resource, Operation.NONE, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    PlanStep create(DeclaredResource declared) {
        var resource = declared.with(OwnershipMetadata.strip(declared.document()));
        var document = complete(resource, resource.uuid().orElse(ResourceUuid.uuid(resource.project(), resource.id())));
        return step(
                resource,
                Operation.CREATE,
                List.of(),
                List.of(),
                kind.create(desired(resource, document)),
                DataKind.of(kind).holdsData() || DataKind.of(kind).isShared()
                        ? List.of()
                        : List.of(new Action.Undefine(resource.id())),
                List.of());
    }

    PlanStep delete(ResourceId id, Optional<SourceLocation> location, Observed.Present present, HostReader reader) {
        var actions = kind.delete(id, present);
        return new PlanStep(
                id,
                location,
                Operation.DELETE,
                DataKind.of(kind).holdsData() ? List.of(StateChanges.loss("data")) : List.of(),
                List.of(),
                actions,
                Optional.empty(),
                List.of(),
                interrupted(id, present, actions, reader),
                Set.of());
    }

    PlanStep compare(
            DeclaredResource declared,
            Observed.Present present,
            boolean isProtected,
            boolean adopting,
            boolean keepsData,
            HostReader reader) {
        // A document that was copied from a host has the mark of that time.
        var document = OwnershipMetadata.strip(declared.document());
        var resource = declared.with(
                kind instanceof AcceleratedKind accelerated
                        ? accelerated.emulated(document, present.defined(), reader::emulators)
                        : document);
        var all = changes(resource, present, isProtected);
        var waits = resource.onChange() == ChangePolicy.NEXT_BOOT;
        // A change that is withheld does not withhold the others.
        var pending = all.stream()
                .filter(change -> (keepsData && change.cost() == Cost.LOSS)
                        || (waits && change.extent() == Extent.RUNNING && change.cost() == Cost.RESTART))
                .toList();
        var changes = new ArrayList<>(all);
        changes.removeAll(pending);
        if (waits) {
            changes.replaceAll(change -> change.cost() == Cost.RESTART && !StateChanges.isState(change)
                    ? change.costing(Cost.NEXT_BOOT, change.why())
                    : change);
        }
        if (changes.isEmpty() && !adopting) {
            var checks = LiveKind.of(kind).checks(desired(resource, resource.document()));
            return step(resource, Operation.NONE, List.of(), pending, checks, List.of(), List.of());
        }
        var replaces = changes.stream().anyMatch(change -> change.cost() == Cost.REPLACE);
        var actions = replaces ? replace(resource, present) : update(resource, present, changes, adopting);
        return step(
                resource,
                operation(changes, adopting, replaces || actions.stream().anyMatch(Action.Undefine.class::isInstance)),
                changes,
                pending,
                actions,
                undo(resource.id(), present, actions, replaces),
                interrupted(resource.id(), present, actions, reader));
    }

    private List<Change> changes(DeclaredResource resource, Observed.Present present, boolean isProtected) {
        var before = declaredBefore(present);
        List<Change> changes = new ArrayList<>(StateChanges.of(kind, resource, present, isProtected));
        // A transient object has no definition: its document is the one that runs.
        var defined = present.persistent()
                ? differ.differences(
                        declared(resource, present.defined()), observed(present.defined()), before, Extent.DEFINED)
                : differ.differences(
                        declaredLive(resource, present.defined()),
                        observedLive(present.defined(), present),
                        before,
                        Extent.DEFINED);
        changes.addAll(defined);
        Set<String> alreadyLive = Set.of();
        if (present.active() && present.persistent() && present.live().isPresent()) {
            var known = keys(defined);
            var live = differ.differences(
                    declaredLive(resource, present.defined()),
                    observedLive(present.live().get(), present),
                    Set.of(),
                    Extent.RUNNING,
                    !present.describable());
            live.stream().filter(change -> !known.contains(key(change))).forEach(changes::add);
            alreadyLive = alreadyLive(resource, present, defined, live);
        }
        changes.removeIf(change -> !NormalizedKind.of(kind).matters(change, present));
        for (var each = changes.listIterator(); each.hasNext(); ) {
            var change = each.next();
            each.set(
                    change.action() == Change.Action.RELEASE
                            ? change.costing(
                                    Cost.LIVE, "It is declared no more; the value stays, and is libvirt's to choose.")
                            : change.extent() == Extent.DEFINED && alreadyLive.contains(key(change))
                                    ? change.costing(Cost.LIVE, "What runs is so already.")
                                    : change.costing(kind.cost(change, present), change.why()));
        }
        return changes;
    }

    /**
     * Return the keys of the changes of the definition that the running object already has, because only the definition
     * was changed by others. What shows only in definitions is left out.
     */
    private Set<String> alreadyLive(
            DeclaredResource resource, Observed.Present present, List<Change> defined, List<Change> live) {
        if (defined.isEmpty()) {
            return Set.of();
        }
        var comparable = keys(differ.differences(
                declaredLive(resource, present.defined()),
                observedLive(present.defined(), present),
                Set.of(),
                Extent.DEFINED));
        comparable.removeAll(keys(live));
        return comparable;
    }

    private static Set<String> keys(List<Change> changes) {
        Set<String> keys = new HashSet<>();
        changes.forEach(change -> keys.add(key(change)));
        return keys;
    }

    private static String key(Change change) {
        return change.action() + change.path();
    }

    private Element declared(DeclaredResource resource, Element observed) {
        return NormalizedKind.of(kind).comparable(NormalizedKind.of(kind).implied(resource.document(), observed));
    }

    private Element declaredLive(DeclaredResource resource, Element observed) {
        return NormalizedKind.of(kind)
                .comparable(NormalizedKind.of(kind)
                        .running(NormalizedKind.of(kind).implied(resource.document(), observed)));
    }

    private Element observed(Element document) {
        return NormalizedKind.of(kind).comparable(OwnershipMetadata.strip(document));
    }

    private Element observedLive(Element live, Observed.Present present) {
        return NormalizedKind.of(kind)
                .running(OwnershipMetadata.strip(live), OwnershipMetadata.strip(present.defined()));
    }

    private static Operation operation(List<Change> changes, boolean adopting, boolean replaces) {
        if (replaces) {
            return Operation.REPLACE;
        }
        if (adopting) {
            return Operation.ADOPT;
        }
        return changes.stream().anyMatch(change -> change.cost() == Cost.RESTART)
                ? Operation.RESTART
                : Operation.UPDATE;
    }

    private List<Action> replace(DeclaredResource resource, Observed.Present present) {
        List<Action> actions = new ArrayList<>(kind.delete(resource.id(), present));
        var uuid = resource.uuid().orElse(ResourceUuid.uuid(resource.project(), resource.id()));
        var merged = kind.identified(merge(resource, present), uuid);
        actions.addAll(kind.create(desired(resource, merged)));
        return actions;
    }

    private List<Action> update(
            DeclaredResource resource, Observed.Present present, List<Change> changes, boolean adopting) {
        var merged = merge(resource, present);
        var own = changes.stream()
                .filter(change -> change.action() != Change.Action.RELEASE)
                .filter(change -> !StateChanges.isProtect(change) && !StateChanges.isGuests(change))
                .toList();
        List<Action> actions = own.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(
                        kind.update(new UpdateRequest(desired(resource, resource.document()), present, merged, own)));
        if (resource.onChange() == ChangePolicy.NEXT_BOOT && changes.stream().noneMatch(StateChanges::isState)) {
            actions.removeIf(action ->
                    action instanceof Action.Stop || action instanceof Action.Start || action instanceof Action.Replug);
        }
        if (changes.stream().anyMatch(StateChanges::isGuests)
                && actions.stream().noneMatch(Action.Replug.class::isInstance)) {
            actions.add(new Action.Replug(resource.id()));
        }
        var defines = actions.stream().anyMatch(Action.Define.class::isInstance);
        var marks = adopting
                || isMarkOutdated(resource, present)
                || changes.stream().anyMatch(change -> change.action() == Change.Action.RELEASE);
        if (!defines && marks && kind.keepsMetadata()) {
            actions.addAll(LiveKind.of(kind).remember(resource.id(), present, merged));
        }
        return actions;
    }

    /** An outdated mark alone is no difference, but it is updated with any other change. */
    private boolean isMarkOutdated(DeclaredResource resource, Observed.Present present) {
        return kind.keepsMetadata() && !OwnershipMetadata.of(present.defined()).equals(Optional.of(mark(resource)));
    }

    private Element merge(DeclaredResource resource, Observed.Present present) {
        var observed = OwnershipMetadata.strip(present.defined());
        var merged = overlay.lay(
                NormalizedKind.of(kind).implied(resource.document(), observed), observed, declaredBefore(present));
        var fitting = NormalizedKind.of(kind).fitting(merged, resource.document(), observed);
        var identified = kind.identified(fitting, resource.uuid().orElse(present.uuid()));
        return kind.keepsMetadata() ? mark(resource).on(identified) : identified;
    }

    /** Return the paths that were declared when the object was last applied. */
    private static Set<String> declaredBefore(Observed.Present present) {
        return OwnershipMetadata.of(present.defined())
                .map(OwnershipMetadata::declared)
                .map(Set::copyOf)
                .orElse(Set.of());
    }

    private Element complete(DeclaredResource resource, String uuid) {
        var identified = kind.identified(resource.document(), uuid);
        return kind.keepsMetadata() ? mark(resource).on(identified) : identified;
    }

    private OwnershipMetadata mark(DeclaredResource resource) {
        return new OwnershipMetadata(
                resource.project(),
                resource.protect(),
                differ.fillable(NormalizedKind.of(kind).comparable(resource.document())));
    }

    private static DesiredResource desired(DeclaredResource resource, Element document) {
        return new DesiredResource(resource.id(), document, resource.state(), resource.autostart());
    }

    private List<Action> undo(ResourceId id, Observed.Present present, List<Action> actions, boolean replaces) {
        if (DataKind.of(kind).holdsData()
                || actions.stream()
                        .noneMatch(action -> action instanceof Action.Define
                                || action instanceof Action.Stop
                                || action instanceof Action.Shutdown)) {
            return List.of();
        }
        List<Action> undo = new ArrayList<>();
        if (replaces) {
            // The new object has the name of the old one and another UUID, so it has to go first.
            if (kind.hasState()) {
                undo.add(new Action.Stop(id));
            }
            undo.add(new Action.Undefine(id));
        }
        if (present.persistent() || replaces) {
            // libvirt accepts what it wrote itself, even where its own schema does not.
            undo.add(new Action.Define(id, XmlWriter.write(present.defined())).withoutValidation());
        } else {
            undo.add(new Action.Undefine(id));
        }
        if (kind.hasState() && present.persistent()) {
            undo.add(new Action.SetAutostart(id, present.autostart()));
        }
        if (present.active()) {
            undo.add(new Action.Start(id));
            if (LiveKind.of(kind).hasGuests()) {
                undo.add(new Action.Replug(id));
            }
        }
        return undo;
    }

    private List<NetworkAttachment> interrupted(
            ResourceId id, Observed.Present present, List<Action> actions, HostReader reader) {
        var stops = actions.stream().anyMatch(Action.Stop.class::isInstance);
        return stops && LiveKind.of(kind).hasGuests() && present.active() ? reader.attachments(id.name()) : List.of();
    }

    private PlanStep step(
            DeclaredResource resource,
            Operation operation,
            List<Change> changes,
            List<Change> pending,
            List<Action> actions,
            List<Action> undo,
            List<NetworkAttachment> interrupts) {
        return new PlanStep(
                resource.id(),
                Optional.of(resource.place()),
                operation,
                changes,
                pending,
                resource.validate() ? actions : withoutValidation(actions),
                operation == Operation.CREATE ? shownDocument(actions) : Optional.empty(),
                undo,
                interrupts,
                Set.of());
    }

    /** Return the document of a new object without secrets and mark, to be shown. */
    private Optional<String> shownDocument(List<Action> actions) {
        return actions.stream()
                .filter(Action.Define.class::isInstance)
                .map(Action.Define.class::cast)
                .map(Action.Define::xml)
                .findFirst()
                .map(this::withoutSecrets);
    }

    private String withoutSecrets(String xml) {
        try {
            return XmlWriter.write(secrets.hidden(OwnershipMetadata.strip(XmlReader.read(xml))));
        } catch (XmlException malformed) {
            throw new IllegalStateException(
                    "The document that " + kind.name() + " makes is no XML. This is a bug in this tool.", malformed);
        }
    }

    private static List<Action> withoutValidation(List<Action> actions) {
        return actions.stream()
                .map(action -> action instanceof Action.Define define ? define.withoutValidation() : action)
                .toList();
    }
}
