package dev.paddock.core.plan;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Place;
import dev.paddock.api.host.Attachment;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.Transition;
import dev.paddock.api.resource.Desired;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.State;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReading;
import dev.paddock.api.xml.XmlWriting;
import dev.paddock.core.bind.Allowed;
import dev.paddock.core.bind.Declared;
import dev.paddock.core.bind.Identity;
import dev.paddock.core.diff.Concealment;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.Overlay;
import dev.paddock.core.diff.RuleBook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes steps out of what is declared of one resource and what the host has of it. */
final class Comparison {
    private static final String PROTECT = "protect";
    private static final String GUESTS = "guests";

    private final Kind kind;
    private final Differ differ;
    private final Overlay overlay;
    private final Concealment concealment;

    Comparison(Kind kind) {
        this.kind = kind;
        var book = new RuleBook(kind.rules());
        this.differ = new Differ(book);
        this.overlay = new Overlay(book);
        this.concealment = new Concealment(kind.rules());
    }

    Step nothing(Declared resource) {
        return step(resource, Operation.NONE, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    Step create(Declared resource) {
        var document = complete(resource, resource.uuid().orElse(Identity.uuid(resource.project(), resource.id())));
        return step(
                resource,
                Operation.CREATE,
                List.of(),
                List.of(),
                kind.create(desired(resource, document)),
                kind.holdsData() || kind.isShared() ? List.of() : List.of(new Action.Undefine(resource.id())),
                List.of());
    }

    Step delete(ResourceId id, Optional<Place> place, Observed.Present present, HostReader reader) {
        var actions = kind.delete(id, present);
        return new Step(
                id,
                place,
                Operation.DELETE,
                kind.holdsData() ? List.of(loss()) : List.of(),
                List.of(),
                actions,
                Optional.empty(),
                List.of(),
                interrupted(id, present, actions, reader),
                Set.of());
    }

    Step compare(
            Declared resource, Observed.Present present, boolean isProtected, boolean adopting, HostReader reader) {
        var all = changes(resource, present, isProtected);
        var pending = resource.onChange() == Allowed.NEXT_BOOT
                ? all.stream()
                        .filter(change -> change.extent() == Extent.RUNNING && change.cost() == Cost.RESTART)
                        .toList()
                : List.<Change>of();
        var changes = new ArrayList<>(all);
        changes.removeAll(pending);
        if (resource.onChange() == Allowed.NEXT_BOOT) {
            changes.replaceAll(change -> change.cost() == Cost.RESTART && !isState(change)
                    ? change.costing(Cost.NEXT_BOOT, change.why())
                    : change);
        }
        if (changes.isEmpty() && !adopting) {
            var checks = kind.checks(desired(resource, resource.document()));
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

    private List<Change> changes(Declared resource, Observed.Present present, boolean isProtected) {
        var stamp = Stamp.of(present.defined());
        Set<String> before = stamp.map(Stamp::declared).map(Set::copyOf).orElse(Set.of());
        List<Change> changes = new ArrayList<>(outside(resource, present, isProtected));
        // What is not persistent has no definition: all there is of it runs.
        var defined = present.persistent()
                ? differ.differences(
                        wanted(resource, present.defined()), comparable(present.defined()), before, Extent.DEFINED)
                : differ.differences(
                        wantedToRun(resource, present.defined()),
                        running(present.defined(), present),
                        before,
                        Extent.DEFINED);
        changes.addAll(defined);
        Set<String> runsAlready = Set.of();
        if (present.active() && present.persistent() && present.live().isPresent()) {
            var known = keys(defined);
            var live = differ.differences(
                    wantedToRun(resource, present.defined()),
                    running(present.live().get(), present),
                    Set.of(),
                    Extent.RUNNING,
                    !present.describable());
            live.stream().filter(change -> !known.contains(key(change))).forEach(changes::add);
            runsAlready = runsAlready(resource, present, defined, live);
        }
        changes.removeIf(change -> !kind.matters(change, present));
        for (var each = changes.listIterator(); each.hasNext(); ) {
            var change = each.next();
            each.set(
                    change.action() == Change.Action.RELEASE
                            ? change.costing(
                                    Cost.LIVE, "It is declared no more; the value stays, and is libvirt's to choose.")
                            : change.extent() == Extent.DEFINED && runsAlready.contains(key(change))
                                    ? change.costing(Cost.LIVE, "What runs is so already.")
                                    : change.costing(kind.cost(change, present), change.why()));
        }
        return changes;
    }

    /**
     * Return the changes of the definition that what runs does not need, as somebody changed the definition alone. Of what
     * shows in definitions only nobody knows.
     */
    private Set<String> runsAlready(
            Declared resource, Observed.Present present, List<Change> defined, List<Change> live) {
        if (defined.isEmpty()) {
            return Set.of();
        }
        var comparable = keys(differ.differences(
                wantedToRun(resource, present.defined()),
                running(present.defined(), present),
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

    private Element wanted(Declared resource, Element observed) {
        return kind.comparable(kind.implied(resource.document(), observed));
    }

    private Element wantedToRun(Declared resource, Element observed) {
        return kind.comparable(kind.running(kind.implied(resource.document(), observed)));
    }

    private Element comparable(Element observed) {
        return kind.comparable(Stamp.strip(observed));
    }

    private Element running(Element live, Observed.Present present) {
        return kind.running(Stamp.strip(live), Stamp.strip(present.defined()));
    }

    /** What is asked of a resource and stands in no document. */
    private List<Change> outside(Declared resource, Observed.Present present, boolean isProtected) {
        List<Change> changes = new ArrayList<>();
        if (kind.hasState()) {
            if (!present.persistent() && resource.state() != State.ABSENT) {
                changes.add(flag("persistent", false));
            }
            var before = present.paused() ? "paused" : present.active() ? "active" : "inactive";
            var after = resource.state() == State.PAUSED ? "paused" : "active";
            if (resource.state() != State.INACTIVE && resource.state() != State.ABSENT && !before.equals(after)) {
                changes.add(new Change(
                        "state",
                        "state",
                        Change.Action.CHANGE,
                        Optional.of(before),
                        Optional.of(after),
                        Extent.DEFINED,
                        Cost.LIVE,
                        ""));
            } else if (resource.state() == State.INACTIVE && present.active()) {
                changes.add(new Change(
                        "state",
                        "state",
                        Change.Action.CHANGE,
                        Optional.of(before),
                        Optional.of("inactive"),
                        Extent.DEFINED,
                        Cost.RESTART,
                        "What uses it is cut off."));
            }
            resource.autostart()
                    .filter(wanted -> wanted != present.autostart())
                    .ifPresent(wanted -> changes.add(flag("autostart", !wanted)));
        }
        if (resource.state() == State.ACTIVE && !present.unplugged().isEmpty()) {
            var guests = present.unplugged().stream()
                    .map(guest -> guest.domain() + " " + guest.mac())
                    .collect(Collectors.joining(", "));
            changes.add(new Change(
                    GUESTS,
                    GUESTS,
                    Change.Action.CHANGE,
                    Optional.of("not plugged in: " + guests),
                    Optional.of("plugged in"),
                    Extent.RUNNING,
                    Cost.LIVE,
                    ""));
        }
        if (isProtected != resource.protect()) {
            changes.add(flag(PROTECT, isProtected));
        }
        return changes;
    }

    private static Change loss() {
        return loss("data");
    }

    /** Return the loss of data that is called so. */
    static Change loss(String what) {
        return new Change(
                what,
                what,
                Change.Action.REMOVE,
                Optional.of("all of it"),
                Optional.empty(),
                Extent.DEFINED,
                Cost.LOSS,
                "It cannot be brought back.");
    }

    private static Change flag(String path, boolean before) {
        return new Change(
                path,
                path,
                Change.Action.CHANGE,
                Optional.of(before ? "yes" : "no"),
                Optional.of(before ? "no" : "yes"),
                Extent.DEFINED,
                Cost.LIVE,
                "");
    }

    private static boolean isState(Change change) {
        return change.pattern().equals("state");
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

    private List<Action> replace(Declared resource, Observed.Present present) {
        List<Action> actions = new ArrayList<>(kind.delete(resource.id(), present));
        var uuid = resource.uuid().orElse(Identity.uuid(resource.project(), resource.id()));
        var merged = kind.identified(merge(resource, present), uuid);
        actions.addAll(kind.create(desired(resource, merged)));
        return actions;
    }

    private List<Action> update(Declared resource, Observed.Present present, List<Change> changes, boolean adopting) {
        var merged = merge(resource, present);
        var own = changes.stream()
                .filter(change -> change.action() != Change.Action.RELEASE)
                .filter(change -> !change.pattern().equals(PROTECT))
                .filter(change -> !change.pattern().equals(GUESTS))
                .toList();
        List<Action> actions = own.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(
                        kind.update(new Transition(desired(resource, resource.document()), present, merged, own)));
        if (resource.onChange() == Allowed.NEXT_BOOT && changes.stream().noneMatch(Comparison::isState)) {
            actions.removeIf(action ->
                    action instanceof Action.Stop || action instanceof Action.Start || action instanceof Action.Replug);
        }
        if (changes.stream().anyMatch(change -> change.pattern().equals(GUESTS))
                && actions.stream().noneMatch(Action.Replug.class::isInstance)) {
            actions.add(new Action.Replug(resource.id()));
        }
        var defines = actions.stream().anyMatch(Action.Define.class::isInstance);
        var remembers = adopting
                || stampIsOld(resource, present)
                || changes.stream().anyMatch(change -> change.action() == Change.Action.RELEASE);
        if (!defines && remembers && kind.keepsMetadata()) {
            actions.addAll(kind.remember(resource.id(), present, merged));
        }
        return actions;
    }

    /** A mark that says less than it should is no difference to tell, but is put right when there is one. */
    private boolean stampIsOld(Declared resource, Observed.Present present) {
        return kind.keepsMetadata() && !Stamp.of(present.defined()).equals(Optional.of(stamp(resource)));
    }

    private Element merge(Declared resource, Observed.Present present) {
        Set<String> before = Stamp.of(present.defined())
                .map(Stamp::declared)
                .map(Set::copyOf)
                .orElse(Set.of());
        var observed = Stamp.strip(present.defined());
        var merged = overlay.lay(kind.implied(resource.document(), observed), observed, before);
        var fitting = kind.fitting(merged, resource.document(), observed);
        var identified = kind.identified(fitting, resource.uuid().orElse(present.uuid()));
        return kind.keepsMetadata() ? stamp(resource).on(identified) : identified;
    }

    private Element complete(Declared resource, String uuid) {
        var identified = kind.identified(resource.document(), uuid);
        return kind.keepsMetadata() ? stamp(resource).on(identified) : identified;
    }

    private Stamp stamp(Declared resource) {
        return new Stamp(resource.project(), resource.protect(), differ.fillable(kind.comparable(resource.document())));
    }

    private static Desired desired(Declared resource, Element document) {
        return new Desired(resource.id(), document, resource.state(), resource.autostart());
    }

    private List<Action> undo(ResourceId id, Observed.Present present, List<Action> actions, boolean replaces) {
        if (kind.holdsData()
                || actions.stream()
                        .noneMatch(action -> action instanceof Action.Define
                                || action instanceof Action.Stop
                                || action instanceof Action.Shutdown)) {
            return List.of();
        }
        List<Action> undo = new ArrayList<>();
        if (replaces) {
            // Of the same name and another UUID, it stands in the way of the old.
            if (kind.hasState()) {
                undo.add(new Action.Stop(id));
            }
            undo.add(new Action.Undefine(id));
        }
        if (present.persistent() || replaces) {
            // libvirt wrote it, so it takes it, even where its own schema would not.
            undo.add(new Action.Define(id, XmlWriting.write(present.defined())).withoutValidation());
        } else {
            undo.add(new Action.Undefine(id));
        }
        if (kind.hasState() && present.persistent()) {
            undo.add(new Action.SetAutostart(id, present.autostart()));
        }
        if (present.active()) {
            undo.add(new Action.Start(id));
            if (kind.hasGuests()) {
                undo.add(new Action.Replug(id));
            }
        }
        return undo;
    }

    private List<Attachment> interrupted(
            ResourceId id, Observed.Present present, List<Action> actions, HostReader reader) {
        var stops = actions.stream().anyMatch(Action.Stop.class::isInstance);
        return stops && kind.hasGuests() && present.active() ? reader.attachments(id.name()) : List.of();
    }

    private Step step(
            Declared resource,
            Operation operation,
            List<Change> changes,
            List<Change> pending,
            List<Action> actions,
            List<Action> undo,
            List<Attachment> interrupts) {
        return new Step(
                resource.id(),
                Optional.of(resource.place()),
                operation,
                changes,
                pending,
                resource.validate() ? actions : unvalidated(actions),
                operation == Operation.CREATE ? made(actions) : Optional.empty(),
                undo,
                interrupts,
                Set.of());
    }

    /** What is handed to libvirt holds secrets and our mark; what people are shown does not. */
    private Optional<String> made(List<Action> actions) {
        return actions.stream()
                .filter(Action.Define.class::isInstance)
                .map(Action.Define.class::cast)
                .map(Action.Define::xml)
                .findFirst()
                .map(this::shown);
    }

    private String shown(String xml) {
        try {
            return XmlWriting.write(concealment.hidden(Stamp.strip(XmlReading.read(xml))));
        } catch (XmlException malformed) {
            throw new IllegalStateException(
                    "The document that " + kind.name() + " makes is no XML. This is a bug in this tool.", malformed);
        }
    }

    private static List<Action> unvalidated(List<Action> actions) {
        return actions.stream()
                .map(action -> action instanceof Action.Define define ? define.withoutValidation() : action)
                .toList();
    }
}
