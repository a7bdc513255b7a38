package dev.paddock.core.plan;

import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Diagnostics;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.core.link.ResourceGraph;
import dev.paddock.core.link.ResourceLinks;
import dev.paddock.core.observe.Observation;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.DeclaredResource.Origin;
import dev.paddock.core.resource.InventoryHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what has to be done on a host. It is handed a reader, so that there is nothing it could write with. */
public final class Planner {
    /** The filter in which paddock records what it adopted and protects of kinds that keep no metadata. */
    public static final ResourceId RECORD = Ledger.ID;

    private final Map<String, Kind> kinds;
    private final Map<String, ResourceComparator> comparisons;

    public Planner(List<Kind> kinds) {
        this.kinds = kinds.stream()
                .collect(Collectors.toMap(Kind::name, kind -> kind, (first, second) -> first, LinkedHashMap::new));
        this.comparisons = this.kinds.values().stream().collect(Collectors.toMap(Kind::name, ResourceComparator::new));
    }

    /**
     * Plan for one host.
     *
     * @param resources what is declared on that host
     * @throws dev.paddock.api.host.HostException when the host does not answer
     */
    public HostPlan plan(InventoryHost host, List<DeclaredResource> resources, PlanOptions options, HostReader reader) {
        var projects = resources.stream()
                .filter(resource -> resource.origin() != Origin.SHARED)
                .map(DeclaredResource::project)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return plan(host, resources, projects, options, reader);
    }

    /**
     * Plan for one host.
     *
     * @param resources what is declared on that host
     * @param projects those whose resources are pruned, also when they declare none any more
     * @throws dev.paddock.api.host.HostException when the host does not answer
     */
    public HostPlan plan(
            InventoryHost host,
            List<DeclaredResource> resources,
            Set<String> projects,
            PlanOptions options,
            HostReader reader) {
        return new Run(host, resources, projects, options, reader).plan();
    }

    private final class Run {
        private final InventoryHost host;
        private final Map<ResourceId, DeclaredResource> declared = new LinkedHashMap<>();
        private final Set<String> projects;
        private final PlanOptions options;
        private final HostReader reader;
        private final Observation observation;
        private final Ownership ownership;
        private final Diagnostics diagnostics = new Diagnostics();
        private Optional<Boolean> accelerates = Optional.empty();
        /** What runs under emulation because KVM does not work. */
        private final Set<ResourceId> emulated = new LinkedHashSet<>();

        private final Map<ResourceId, PlanStep> steps = new LinkedHashMap<>();
        private Optional<Ownership.LedgerStep> ledger = Optional.empty();

        Run(
                InventoryHost host,
                List<DeclaredResource> resources,
                Set<String> projects,
                PlanOptions options,
                HostReader reader) {
            this.host = host;
            this.projects = projects;
            this.options = options;
            this.reader = reader;
            this.observation = new Observation(reader);
            this.ownership = new Ownership(observation, kinds);
            resources.forEach(resource -> declared.put(resource.id(), decided(resource)));
        }

        /** Return the resource as it can be on this host. */
        private DeclaredResource decided(DeclaredResource resource) {
            var kind = resource.kind();
            if (options.destroy() || !kind.asksForAcceleration(resource.document())) {
                return resource;
            }
            var available = accelerates.orElseGet(reader::accelerates);
            if (!available) {
                emulated.add(resource.id());
            }
            accelerates = Optional.of(available);
            return resource.with(kind.accelerated(resource.document(), available));
        }

        HostPlan plan() {
            var graph = graph();
            if (diagnostics.hasErrors()) {
                return new HostPlan(host, List.of(), diagnostics.list());
            }
            var selected = selected(graph);
            prepare(graph, selected);
            checkReferences(selected);
            for (var id : graph.inOrder()) {
                if (selected.contains(id)) {
                    var resource = declared.get(id);
                    if (resource != null) {
                        diagnostics.addAll(DroppedFieldWarnings.warnings(resource));
                        steps.put(id, decide(resource));
                    }
                }
            }
            if (options.prune()) {
                prune();
            }
            checkNamesakes();
            checkRemovals();
            checkHeld();
            checkLosses();
            tellOfEmulation();
            ledger();
            return new HostPlan(host, ordered(graph), diagnostics.list());
        }

        private ResourceGraph graph() {
            var links = ResourceLinks.of(List.copyOf(declared.values()));
            diagnostics.addAll(links.mistakes());
            return links.graph();
        }

        private Set<ResourceId> selected(ResourceGraph graph) {
            if (options.targets().isEmpty()) {
                return graph.resources();
            }
            var wanted = new LinkedHashSet<ResourceId>();
            for (var target : options.targets()) {
                var found = declared.keySet().stream()
                        .filter(id -> id.toString().equals(target))
                        .findFirst();
                found.ifPresentOrElse(wanted::add, () -> {
                    var addresses =
                            declared.keySet().stream().map(ResourceId::toString).toList();
                    var near = Suggestion.nearest(target, addresses)
                            .map(name -> "Did you mean '" + name + "'? ")
                            .orElse("");
                    diagnostics.add(Diagnostic.error(
                            Code.NOTHING_SELECTED,
                            "No resource '" + target + "' is declared for host " + host.name() + ".",
                            near + "Addresses are a kind, a slash and a name, such as network/agents."));
                });
            }
            return options.destroy() ? wanted : graph.withNeeds(wanted);
        }

        private void prepare(ResourceGraph graph, Set<ResourceId> selected) {
            Map<String, Set<String>> names = new LinkedHashMap<>();
            for (var id : graph.resources()) {
                var resource = declared.get(id);
                if (!selected.contains(id) || resource == null) {
                    continue;
                }
                names.computeIfAbsent(id.kind(), kind -> new LinkedHashSet<>()).add(id.name());
                for (var reference : required(resource)) {
                    names.computeIfAbsent(reference.to().kind(), kind -> new LinkedHashSet<>())
                            .add(reference.to().name());
                }
            }
            if (names.containsKey(Ledger.ID.kind())) {
                names.get(Ledger.ID.kind()).add(Ledger.ID.name());
            }
            var removing = options.prune()
                    || options.destroy()
                    || declared.values().stream().anyMatch(resource -> resource.state() == DesiredState.ABSENT);
            names.forEach((kind, wanted) -> {
                if (removing) {
                    observation.all(kind);
                }
                observation.prepare(kind, wanted);
            });
        }

        /** Return what libvirt would not tell from a resource by its name. */
        private List<ResourceId> namesakes(ResourceId id) {
            var own = kinds.get(id.kind());
            return own == null
                    ? List.of()
                    : kinds.values().stream()
                            .filter(kind -> !kind.name().equals(id.kind())
                                    && kind.root().equals(own.root()))
                            .map(kind -> new ResourceId(kind.name(), id.name()))
                            .toList();
        }

        /** What has to be made cannot be while there is something else of its name. */
        private void checkNamesakes() {
            Map<ResourceId, PlanStep> inTheWay = new LinkedHashMap<>();
            Map<String, Set<String>> names = new LinkedHashMap<>();
            steps.values().stream()
                    .filter(step -> step.operation() == Operation.CREATE)
                    .forEach(step -> namesakes(step.id()).forEach(other -> {
                        inTheWay.put(other, step);
                        names.computeIfAbsent(other.kind(), kind -> new LinkedHashSet<>())
                                .add(other.name());
                    }));
            names.forEach(observation::prepare);
            inTheWay.forEach((other, step) -> {
                if (observation.of(other) instanceof Observed.Present && !isDeleted(other)) {
                    tell(
                            step,
                            Code.NOT_OURS,
                            "The host has a " + other + " already, and libvirt takes it for the same as " + step.id()
                                    + ": of a name it keeps one.",
                            "Declare another name, or remove the " + other + " first.");
                }
            });
        }

        private void checkReferences(Set<ResourceId> selected) {
            for (var id : selected) {
                var resource = declared.get(id);
                if (resource == null || resource.state() == DesiredState.ABSENT || options.destroy()) {
                    continue;
                }
                for (var reference : required(resource)) {
                    checkReference(resource, reference);
                }
            }
        }

        private static List<ResourceReference> required(DeclaredResource resource) {
            return resource.kind().references(resource.id(), resource.document()).stream()
                    .filter(ResourceReference::required)
                    .toList();
        }

        private void checkReference(DeclaredResource resource, ResourceReference reference) {
            var other = declared.get(reference.to());
            if (other != null && other.state() != DesiredState.ABSENT) {
                return;
            }
            if (other != null) {
                diagnostics.add(Diagnostic.error(
                        Code.STILL_REFERENCED,
                        other.place(),
                        reference.to() + " is to go (state: absent), but " + resource.id() + " still refers to it at "
                                + reference.path() + ".",
                        "Take the reference away, or let the " + reference.to() + " stay."));
                return;
            }
            switch (observation.of(reference.to())) {
                case Observed.Present present -> {}
                case Observed.Unreadable unreadable -> diagnostics.add(unreadable.why());
                case Observed.Absent absent -> {
                    Set<String> names = new LinkedHashSet<>(
                            observation.all(reference.to().kind()).keySet());
                    declared.keySet().stream()
                            .filter(id -> id.kind().equals(reference.to().kind()))
                            .forEach(id -> names.add(id.name()));
                    var near = Suggestion.nearest(reference.to().name(), names)
                            .map(name -> "Did you mean '" + name + "'? ")
                            .orElse("");
                    diagnostics.add(Diagnostic.error(
                            Code.UNKNOWN_REFERENCE,
                            resource.place(),
                            resource.id() + " refers to " + reference.to() + " at " + reference.path()
                                    + ", which is neither declared nor on the host.",
                            near + "Declare it, or correct the name."));
                }
            }
        }

        private PlanStep decide(DeclaredResource resource) {
            var comparison = comparison(resource.kind());
            var removing = options.destroy() || resource.state() == DesiredState.ABSENT;
            return switch (observation.of(resource.id())) {
                case Observed.Unreadable unreadable -> {
                    diagnostics.add(unreadable.why());
                    yield comparison.nothing(resource);
                }
                case Observed.Absent absent -> removing ? comparison.nothing(resource) : comparison.create(resource);
                case Observed.Present present -> {
                    if (resource.kind().isShared() || (removing && resource.origin() == Origin.SHARED)) {
                        yield comparison.nothing(resource);
                    }
                    var ours = resource.kind().holdsData()
                            || resource.origin() == Origin.SHARED
                            || ownership.isOurs(resource, present);
                    if (!ours && !(options.adopt() && !removing)) {
                        notOurs(resource, present, removing);
                        yield comparison.nothing(resource);
                    }
                    if (removing) {
                        yield remove(resource, present);
                    }
                    var step = comparison.compare(
                            resource, present, ownership.isProtected(resource.id(), present), !ours, reader);
                    if (step.cost() == Cost.LOSS && resource.origin() == Origin.DERIVED && !options.allowDataLoss()) {
                        yield comparison.nothing(resource).waiting(step.changes());
                    }
                    checkAllowed(resource, step);
                    yield step;
                }
            };
        }

        private void notOurs(DeclaredResource resource, Observed.Present present, boolean removing) {
            if (removing && !options.destroy() && resource.state() != DesiredState.ABSENT) {
                return;
            }
            diagnostics.add(Diagnostic.error(
                    Code.NOT_OURS,
                    resource.place(),
                    "The host has " + resource.id() + " already, with the UUID " + present.uuid()
                            + ", which the project '" + resource.project() + "' did not make. "
                            + ownership.owner(resource.id(), present) + " It is left as it is.",
                    removing
                            ? "Remove it by hand, or declare its uuid."
                            : "Run again with --adopt to take it over, keeping its UUID; or declare another name."));
        }

        private PlanStep remove(DeclaredResource resource, Observed.Present present) {
            if (resource.protect() || ownership.isProtected(resource.id(), present)) {
                isProtected(resource.id(), Optional.of(resource));
                return comparison(resource.kind()).nothing(resource);
            }
            var asked = resource.state() == DesiredState.ABSENT && resource.origin() == Origin.WRITTEN;
            if (resource.kind().holdsData() && !asked && !options.allowDataLoss()) {
                diagnostics.add(Diagnostic.warning(
                        Code.DATA_LOSS,
                        resource.place(),
                        "The " + resource.id() + " holds data, and stays.",
                        "To destroy it with the rest, run again with --allow-data-loss."));
                return comparison(resource.kind()).nothing(resource);
            }
            return comparison(resource.kind()).delete(resource.id(), Optional.of(resource.place()), present, reader);
        }

        private void isProtected(ResourceId id, Optional<DeclaredResource> resource) {
            var detail = id + " is protected (protect: true) and is not removed.";
            var fix = "Set protect: false on it and apply; after that it can be removed.";
            diagnostics.add(resource.map(found -> Diagnostic.error(Code.PROTECTED, found.place(), detail, fix))
                    .orElseGet(() -> Diagnostic.error(Code.PROTECTED, detail, fix)));
        }

        private void checkAllowed(DeclaredResource resource, PlanStep step) {
            var allowed =
                    switch (resource.onChange()) {
                        case LIVE -> Cost.LIVE;
                        case NEXT_BOOT -> Cost.NEXT_BOOT;
                        case RESTART -> Cost.RESTART;
                        case REPLACE -> Cost.REPLACE;
                    };
            // Replacing is what a declared identity asks for in so many words; a network holds no data to lose.
            var isIdentity =
                    step.operation() == Operation.REPLACE && resource.uuid().isPresent();
            if (isIdentity && allowed == Cost.RESTART) {
                return;
            }
            step.changes().stream()
                    // A state is asked for in so many words as well.
                    .filter(change -> !change.pattern().equals("state"))
                    .filter(change ->
                            change.cost() != Cost.LOSS && change.cost().compareTo(allowed) > 0)
                    .forEach(change -> diagnostics.add(Diagnostic.error(
                            Code.NOT_ALLOWED,
                            resource.place(),
                            "The change of " + change.path() + " of " + resource.id() + " costs a "
                                    + change.cost().label() + ", and its on_change allows no more than '"
                                    + allowed.label() + "'. " + change.why(),
                            "Undo the change, or allow more with on_change.")));
        }

        private void prune() {
            for (var kind : kinds.values()) {
                if (kind.holdsData()) {
                    pruneData(kind);
                    continue;
                }
                observation.all(kind.name()).forEach((name, observed) -> {
                    var id = new ResourceId(kind.name(), name);
                    if (declared.containsKey(id) || id.equals(Ledger.ID)) {
                        return;
                    }
                    if (observed instanceof Observed.Present present
                            && projects.stream().anyMatch(project -> ownership.isMarked(project, id, present))) {
                        if (ownership.isProtected(id, present)) {
                            isProtected(id, Optional.empty());
                        } else {
                            steps.put(id, comparison(kind).delete(id, Optional.empty(), present, reader));
                        }
                    }
                });
            }
        }

        /** Data that was declared and is no more goes with consent. */
        private void pruneData(Kind kind) {
            observation.all(kind.name()).forEach((name, observed) -> {
                var id = new ResourceId(kind.name(), name);
                if (declared.containsKey(id)
                        || !(observed instanceof Observed.Present present)
                        || !isOwned(kind, present)) {
                    return;
                }
                if (options.allowDataLoss()) {
                    steps.put(id, comparison(kind).delete(id, Optional.empty(), present, reader));
                } else {
                    diagnostics.add(Diagnostic.warning(
                            Code.DATA_LOSS,
                            "The " + id + " is declared no more, holds data, and stays.",
                            "To delete it, run again with --prune --allow-data-loss."));
                }
            });
        }

        private boolean isOwned(Kind kind, Observed.Present present) {
            return kind.owner(present.defined())
                    .flatMap(OwnershipMetadata::of)
                    .map(OwnershipMetadata::project)
                    .filter(projects::contains)
                    .isPresent();
        }

        /** What is within an object is lost with it, unless it is deleted by a step of its own. */
        private void checkHeld() {
            for (var step : List.copyOf(steps.values())) {
                var kind = kinds.get(step.id().kind());
                if (kind != null && (step.operation() == Operation.DELETE || step.operation() == Operation.REPLACE)) {
                    var lost = kinds.values().stream()
                            .filter(inner -> kind.holds().contains(inner.name()))
                            .flatMap(inner -> held(inner, step.id()).stream())
                            .filter(id -> !isDeleted(id))
                            .map(id -> ResourceComparator.loss(id.toString()))
                            .toList();
                    if (!lost.isEmpty()) {
                        steps.put(step.id(), step.with(lost));
                    }
                }
            }
        }

        private List<ResourceId> held(Kind inner, ResourceId container) {
            return observation.all(inner.name()).entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(container.name() + "/"))
                    .filter(entry -> !(entry.getValue() instanceof Observed.Absent))
                    .map(entry -> new ResourceId(inner.name(), entry.getKey()))
                    .toList();
        }

        /** libvirt lets a filter go that another refers to, and leaves the other broken. */
        private void checkRemovals() {
            for (var step : List.copyOf(steps.values())) {
                if (step.operation() != Operation.DELETE) {
                    continue;
                }
                var kind = kinds.get(step.id().kind());
                if (kind == null) {
                    continue;
                }
                observation.all(kind.name()).forEach((name, observed) -> {
                    var id = new ResourceId(kind.name(), name);
                    if (id.equals(Ledger.ID)
                            || steps.containsKey(id)
                            || !(observed instanceof Observed.Present present)) {
                        return;
                    }
                    var refers = kind.references(id, present.defined()).stream()
                            .anyMatch(reference -> reference.to().equals(step.id()));
                    if (refers) {
                        diagnostics.add(Diagnostic.error(
                                Code.STILL_REFERENCED,
                                step.id() + " is to be removed, but " + id
                                        + ", which is not declared here, still refers to it.",
                                "Remove the reference or the " + id + " first, or let the " + step.id() + " stay."));
                    }
                });
            }
        }

        /** Data is lost with consent alone, and never under what uses it. */
        private void checkLosses() {
            for (var step : List.copyOf(steps.values())) {
                if (step.cost() != Cost.LOSS) {
                    continue;
                }
                if (!options.allowDataLoss()) {
                    loses(step);
                }
                var users = reader.users(step.id()).stream()
                        .filter(usage -> !isDeleted(usage.by()))
                        .map(VolumeUsage::toString)
                        .collect(Collectors.joining(", "));
                if (!users.isEmpty()) {
                    tell(
                            step,
                            Code.STILL_REFERENCED,
                            "The " + step.id() + " " + step.operation().phrase() + ", but it is used by " + users + ".",
                            "Remove what uses it first, or let the " + step.id() + " stay as it is.");
                }
            }
        }

        /** Told once, and not of what stays as it is. */
        private void tellOfEmulation() {
            emulated.stream()
                    .flatMap(id -> Optional.ofNullable(steps.get(id)).stream())
                    .filter(step -> step.operation().isChange() && step.operation() != Operation.DELETE)
                    .findFirst()
                    .ifPresent(step -> diagnostics.add(new Diagnostic(
                            Code.KVM_UNAVAILABLE,
                            Severity.WARNING,
                            step.place(),
                            "KVM does not work on host " + host.name()
                                    + ", so guests of type auto run under emulation there, many times slower.",
                            Optional.of(
                                    "To see why, run paddock doctor there. To be told nothing, write type: qemu."))));
        }

        private void loses(PlanStep step) {
            var what = step.changes().stream()
                    .filter(change -> change.cost() == Cost.LOSS)
                    .map(change -> change.path() + (change.why().isEmpty() ? "" : ": " + change.why()))
                    .collect(Collectors.joining(" "));
            tell(
                    step,
                    Code.DATA_LOSS,
                    "The " + step.id() + " " + step.operation().phrase() + ", which loses its data. " + what,
                    "Undo the change; or, if the data is to go, run again with --allow-data-loss.");
        }

        private void tell(PlanStep step, Code code, String detail, String fix) {
            diagnostics.add(step.place()
                    .map(place -> Diagnostic.error(code, place, detail, fix))
                    .orElseGet(() -> Diagnostic.error(code, detail, fix)));
        }

        private void ledger() {
            ledger = ownership.ledgerAfter(declared, steps.values());
            ledger.ifPresent(change -> steps.put(Ledger.ID, change.step()));
        }

        /** What is made comes after what it needs; what goes, after all that still refers to it. */
        private List<PlanStep> ordered(ResourceGraph graph) {
            Map<ResourceId, Set<ResourceId>> after = new LinkedHashMap<>();
            steps.keySet().forEach(id -> after.put(id, new LinkedHashSet<>()));
            for (var step : steps.values()) {
                var id = step.id();
                var mine = after.computeIfAbsent(id, key -> new LinkedHashSet<>());
                if (step.operation() != Operation.DELETE) {
                    graph.needs(id).stream().filter(need -> !isDeleted(need)).forEach(mine::add);
                    namesakes(id).stream().filter(this::isDeleted).forEach(mine::add);
                }
                var kind = kinds.get(id.kind());
                // The ledger's references are notes, and bind nothing.
                if (kind != null && !id.equals(Ledger.ID) && observation.of(id) instanceof Observed.Present present) {
                    for (var reference : kind.references(id, present.defined())) {
                        var other = reference.to();
                        if (isDeleted(other) && !other.equals(id)) {
                            after.computeIfAbsent(other, key -> new LinkedHashSet<>())
                                    .add(id);
                        }
                    }
                }
            }
            orderFiles(after);
            ledger.ifPresent(change -> orderLedger(change, after));
            List<PlanStep> result = new ArrayList<>();
            for (var id : ResourceGraph.of(after).inOrder()) {
                var step = steps.get(id);
                if (step != null) {
                    var needed = new LinkedHashSet<>(after.getOrDefault(id, Set.of()));
                    needed.retainAll(steps.keySet());
                    result.add(step.after(needed));
                }
            }
            return result;
        }

        /** A file goes after the files that need it. */
        private void orderFiles(Map<ResourceId, Set<ResourceId>> after) {
            Map<String, ResourceId> files = new LinkedHashMap<>();
            Map<ResourceId, List<String>> needed = new LinkedHashMap<>();
            for (var id : steps.keySet()) {
                var kind = kinds.get(id.kind());
                if (kind != null && observation.of(id) instanceof Observed.Present present) {
                    if (kind.holdsData()) {
                        kind.file(id, present.defined(), other -> Optional.empty())
                                .ifPresent(file -> files.put(file, id));
                    }
                    needed.put(id, kind.files(present.defined()));
                }
            }
            needed.forEach((id, paths) -> paths.forEach(path -> {
                var other = files.get(path);
                if (other != null && isDeleted(other) && isDeleted(id)) {
                    after.computeIfAbsent(other, key -> new LinkedHashSet<>()).add(id);
                }
            }));
        }

        private boolean isDeleted(ResourceId id) {
            var step = steps.get(id);
            return step != null && step.operation() == Operation.DELETE;
        }

        /**
         * What the ledger gains is in it before the filter is touched, and what it loses until the filter is gone. Where
         * a filter can only go once another has gained its entry, the ledger comes last.
         */
        private void orderLedger(Ownership.LedgerStep change, Map<ResourceId, Set<ResourceId>> after) {
            var leaving = steps.values().stream()
                    .filter(step -> step.operation() == Operation.DELETE)
                    .map(PlanStep::id)
                    .filter(id -> id.kind().equals(Ledger.ID.kind()) && !id.equals(Ledger.ID))
                    .toList();
            var beforeLeaving = ResourceGraph.of(after).withNeeds(leaving);
            var first = after.computeIfAbsent(Ledger.ID, id -> new LinkedHashSet<>());
            first.addAll(leaving);
            for (var gaining : change.gaining()) {
                if (beforeLeaving.contains(gaining)) {
                    first.addAll(change.gaining());
                    return;
                }
            }
            change.gaining().forEach(id -> after.computeIfAbsent(id, key -> new LinkedHashSet<>())
                    .add(Ledger.ID));
        }

        private ResourceComparator comparison(Kind kind) {
            var found = comparisons.get(kind.name());
            if (found == null) {
                throw new IllegalStateException(
                        "The kind " + kind.name() + " is unknown to the planner. This is a bug in this tool.");
            }
            return found;
        }
    }
}
