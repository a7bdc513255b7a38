package dev.paddock.core.plan;

import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Diagnostics;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.AcceleratedKind;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LayeredKind;
import dev.paddock.api.kind.LedgerKind;
import dev.paddock.api.kind.LiveKind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.link.ResourceGraph;
import dev.paddock.core.link.ResourceLinks;
import dev.paddock.core.observe.Observation;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.DeclaredResource.Origin;
import dev.paddock.core.resource.InventoryHost;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans what has to be done on a host. Takes a reader, so it cannot change the host. */
public final class Planner {
    private final Map<String, Kind> kinds;
    private final Map<String, ResourceComparator> comparators;

    public Planner(List<Kind> kinds) {
        this.kinds = kinds.stream()
                .collect(Collectors.toMap(Kind::name, kind -> kind, (first, second) -> first, LinkedHashMap::new));
        this.comparators = this.kinds.values().stream().collect(Collectors.toMap(Kind::name, ResourceComparator::new));
    }

    /** Return the object in which paddock records what it adopted and protects of kinds that keep no metadata. */
    public Optional<ResourceId> ledger() {
        return kinds.values().stream()
                .filter(LedgerKind.class::isInstance)
                .map(LedgerKind.class::cast)
                .map(LedgerKind::ledger)
                .findFirst();
    }

    /**
     * Plan for one host. Prunes in the projects of the declared resources.
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
     * @param projects the projects whose resources are pruned, also those that no longer declare any
     * @throws dev.paddock.api.host.HostException when the host does not answer
     */
    public HostPlan plan(
            InventoryHost host,
            List<DeclaredResource> resources,
            Set<String> projects,
            PlanOptions options,
            HostReader reader) {
        var observation = new Observation(reader);
        var draft = new PlanDraft(
                host,
                kinds,
                comparators,
                new LinkedHashMap<>(),
                projects,
                options,
                reader,
                observation,
                new Ownership(observation, kinds),
                new LinkedHashMap<>(),
                new Diagnostics());
        return new Run(draft).plan(resources);
    }

    /** One run of the planner. */
    private static final class Run {
        private final PlanDraft draft;
        private final PlanOptions options;
        private final Diagnostics diagnostics;
        /** Whether the host offers hardware acceleration, once a resource has asked for it. */
        private Optional<Boolean> acceleration = Optional.empty();
        /** The resources that asked for hardware acceleration, and run without. */
        private final Map<ResourceId, AcceleratedKind> emulated = new LinkedHashMap<>();

        Run(PlanDraft draft) {
            this.draft = draft;
            this.options = draft.options();
            this.diagnostics = draft.diagnostics();
        }

        HostPlan plan(List<DeclaredResource> resources) {
            resources.forEach(resource -> draft.declared().put(resource.id(), accelerated(resource)));
            var links = ResourceLinks.of(List.copyOf(draft.declared().values()));
            diagnostics.addAll(links.cycles());
            if (diagnostics.hasErrors()) {
                return new HostPlan(draft.host(), List.of(), diagnostics.list());
            }
            var graph = links.graph();
            var selected = selected(graph);
            prepare(graph, selected);
            var references = new ReferenceCheck(draft);
            references.checkReferences(selected);
            for (var id : graph.inOrder()) {
                var resource = draft.declared().get(id);
                if (selected.contains(id) && resource != null) {
                    diagnostics.addAll(DroppedFieldWarnings.warnings(resource));
                    draft.steps().put(id, step(resource));
                }
            }
            if (options.prune()) {
                new Pruner(draft).prune();
            }
            references.checkNamesakes();
            references.checkIdentities();
            references.checkRelations();
            references.checkHost();
            new RemovalCheck(draft).check();
            warnOfEmulation();
            var ledger =
                    draft.ownership().ledgerStep(draft.declared(), draft.steps().values());
            ledger.ifPresent(change -> draft.steps().put(change.step().id(), change.step()));
            return new HostPlan(draft.host(), new StepOrder(draft, graph).ordered(ledger), diagnostics.list());
        }

        /** Return the resource with or without hardware acceleration, as the host offers it. */
        private DeclaredResource accelerated(DeclaredResource resource) {
            if (options.destroy()
                    || !(resource.kind() instanceof AcceleratedKind kind)
                    || !kind.asksForAcceleration(resource.document())) {
                return resource;
            }
            var available = acceleration.orElseGet(draft.reader()::accelerates);
            if (!available) {
                emulated.put(resource.id(), kind);
            }
            acceleration = Optional.of(available);
            return resource.with(kind.accelerated(resource.document(), available));
        }

        /** Return the resources to plan: those of {@code --target} and what they need, else all. */
        private Set<ResourceId> selected(ResourceGraph graph) {
            if (options.targets().isEmpty()) {
                return graph.resources();
            }
            var targets = new LinkedHashSet<ResourceId>();
            for (var target : options.targets()) {
                draft.declared().keySet().stream()
                        .filter(id -> id.toString().equals(target))
                        .findFirst()
                        .ifPresentOrElse(targets::add, () -> reportUnknownTarget(target));
            }
            return options.destroy() ? targets : graph.withNeeds(targets);
        }

        private void reportUnknownTarget(String target) {
            var addresses =
                    draft.declared().keySet().stream().map(ResourceId::toString).toList();
            var suggestion = Suggestion.nearest(target, addresses)
                    .map(name -> "Did you mean '" + name + "'? ")
                    .orElse("");
            diagnostics.add(Diagnostic.error(
                    Code.NOTHING_SELECTED,
                    "No resource '" + target + "' is declared for host "
                            + draft.host().name() + ".",
                    suggestion + "Addresses are a kind, a slash and a name, such as network/agents."));
        }

        /** Read all objects that the plan is about at once, by kind. */
        private void prepare(ResourceGraph graph, Set<ResourceId> selected) {
            Map<String, Set<String>> names = new LinkedHashMap<>();
            for (var id : graph.resources()) {
                var resource = draft.declared().get(id);
                if (!selected.contains(id) || resource == null) {
                    continue;
                }
                names.computeIfAbsent(id.kind(), kind -> new LinkedHashSet<>()).add(id.name());
                for (var reference : ReferenceCheck.required(resource)) {
                    names.computeIfAbsent(reference.to().kind(), kind -> new LinkedHashSet<>())
                            .add(reference.to().name());
                }
            }
            draft.ownership()
                    .ledgerId()
                    .ifPresent(ledger -> names.computeIfPresent(ledger.kind(), (kind, found) -> {
                        found.add(ledger.name());
                        return found;
                    }));
            var removes = options.prune()
                    || options.destroy()
                    || draft.declared().values().stream().anyMatch(resource -> resource.state() == DesiredState.ABSENT);
            names.forEach((kind, found) -> {
                if (removes) {
                    draft.observation().all(kind);
                }
                draft.observation().prepare(kind, found);
            });
        }

        private PlanStep step(DeclaredResource resource) {
            var comparator = draft.comparator(resource.kind());
            return switch (draft.observation().of(resource.id())) {
                case Observed.Unreadable unreadable -> {
                    diagnostics.add(unreadable.why());
                    yield comparator.nothing(resource);
                }
                case Observed.Absent absent ->
                    isRemoved(resource)
                            ? comparator.nothing(resource)
                            : renamed(resource).orElseGet(() -> comparator.create(resource));
                case Observed.Present present ->
                    !isMoved(resource)
                            ? step(resource, present)
                            : isRemoved(resource) ? comparator.nothing(resource) : comparator.create(resource);
            };
        }

        /** Return the step of an object that the project made under another name, and with the declared UUID. */
        private Optional<PlanStep> renamed(DeclaredResource resource) {
            var uuid = resource.uuid();
            if (uuid.isEmpty() || !LiveKind.of(resource.kind()).canRename()) {
                return Optional.empty();
            }
            for (var entry : draft.observation().all(resource.id().kind()).entrySet()) {
                var from = new ResourceId(resource.id().kind(), entry.getKey());
                if (entry.getValue() instanceof Observed.Present present
                        && present.uuid().equalsIgnoreCase(uuid.get())
                        && !draft.declared().containsKey(from)
                        && draft.ownership().isMarked(resource.project(), from, present)) {
                    return Optional.of(renamed(resource, from, present));
                }
            }
            return Optional.empty();
        }

        private PlanStep renamed(DeclaredResource resource, ResourceId from, Observed.Present present) {
            if (present.active() || !present.persistent()) {
                diagnostics.add(Diagnostic.error(
                        Code.RENAME_WHILE_RUNNING,
                        resource.place(),
                        from + " is to be called " + resource.id().name()
                                + ", and it runs. libvirt renames only a VM that is off.",
                        "Stop it first, with paddock vm stop " + from.name() + ", and apply again, which starts it."));
                return draft.comparator(resource.kind()).nothing(resource);
            }
            var named = present.withDefined(
                    resource.kind().named(present.defined(), resource.id().name()));
            return step(resource, named).renaming(from);
        }

        /** Return whether the container of a resource moves: what is there now is left behind. */
        private boolean isMoved(DeclaredResource resource) {
            return ContainedKind.of(resource.kind()).within().isPresent()
                    && resource.kind().references(resource.id(), resource.document()).stream()
                            .anyMatch(reference -> draft.isMoved(reference.to()));
        }

        private boolean isRemoved(DeclaredResource resource) {
            return options.destroy() || resource.state() == DesiredState.ABSENT;
        }

        private PlanStep step(DeclaredResource resource, Observed.Present present) {
            var comparator = draft.comparator(resource.kind());
            var removed = isRemoved(resource);
            if (DataKind.of(resource.kind()).isShared() || (removed && resource.origin() == Origin.SHARED)) {
                return comparator.nothing(resource);
            }
            var ours = DataKind.of(resource.kind()).holdsData()
                    || resource.origin() == Origin.SHARED
                    || draft.ownership().isOurs(resource, present);
            if (!ours && !(options.adopt() && !removed)) {
                reportNotOurs(resource, present);
                return comparator.nothing(resource);
            }
            if (removed) {
                return remove(resource, present);
            }
            var step = comparator.compare(
                    layered(new ForeignContributions(draft).kept(resource, present), present),
                    present,
                    draft.ownership().isProtected(resource.id(), present),
                    !ours,
                    resource.origin() == Origin.DERIVED && !options.allowDataLoss(),
                    draft.reader());
            diagnostics.addAll(
                    CheckedKind.of(resource.kind()).remarks(resource.id(), step.changes(), resource.place()));
            checkChangePolicy(resource, step);
            return step;
        }

        /** Return the resource on the layers that its files have, with warnings about files that are others. */
        private DeclaredResource layered(DeclaredResource resource, Observed.Present present) {
            if (!(resource.kind() instanceof LayeredKind kind) || !kind.dependsOnLayers(resource.document(), present)) {
                return resource;
            }
            var declared = resource.document();
            var layered = kind.layered(declared, present, draft.reader().layers(resource.id()));
            diagnostics.addAll(kind.layerWarnings(resource.id(), resource.place(), declared, layered, present));
            return resource.with(layered);
        }

        private void reportNotOurs(DeclaredResource resource, Observed.Present present) {
            diagnostics.add(Diagnostic.error(
                    Code.NOT_OURS,
                    resource.place(),
                    "The host has " + resource.id() + " already, with the UUID " + present.uuid()
                            + ", which the project '" + resource.project() + "' did not make. "
                            + draft.ownership().owner(resource.id(), present) + " It is left as it is.",
                    isRemoved(resource)
                            ? "Remove it by hand, or declare its uuid."
                            : "Run again with --adopt to take it over, keeping its UUID; or declare another name."));
        }

        private PlanStep remove(DeclaredResource resource, Observed.Present present) {
            var comparator = draft.comparator(resource.kind());
            if (resource.protect() || draft.ownership().isProtected(resource.id(), present)) {
                draft.reportProtected(resource.id(), Optional.of(resource));
                return comparator.nothing(resource);
            }
            var requested = resource.state() == DesiredState.ABSENT && resource.origin() == Origin.WRITTEN;
            if (DataKind.of(resource.kind()).holdsData() && !requested && !options.allowDataLoss()) {
                diagnostics.add(Diagnostic.warning(
                        Code.DATA_LOSS,
                        resource.place(),
                        "The " + resource.id() + " holds data, and stays.",
                        "To destroy it with the rest, run again with --allow-data-loss."));
                return comparator.nothing(resource);
            }
            var leaving = LiveKind.of(resource.kind()).leaving(resource.document(), present);
            return comparator.delete(resource.id(), Optional.of(resource.place()), leaving, draft.reader());
        }

        /** Check that no change costs more than {@code on_change} allows. */
        private void checkChangePolicy(DeclaredResource resource, PlanStep step) {
            var allowed =
                    switch (resource.onChange()) {
                        case LIVE -> Cost.LIVE;
                        case NEXT_BOOT -> Cost.NEXT_BOOT;
                        case RESTART -> Cost.RESTART;
                        case REPLACE -> Cost.REPLACE;
                    };
            // A declared UUID asks for a replacement explicitly, and a network holds no data to lose.
            var isIdentity =
                    step.operation() == Operation.REPLACE && resource.uuid().isPresent();
            if (isIdentity && allowed == Cost.RESTART) {
                return;
            }
            step.changes().stream()
                    // A declared state asks for its change explicitly as well.
                    .filter(change -> !StateChanges.isState(change))
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

        /** Warn once of emulation, and only if a resource that is emulated changes. */
        private void warnOfEmulation() {
            emulated.entrySet().stream()
                    .filter(entry -> draft.steps().containsKey(entry.getKey()))
                    .map(entry -> Map.entry(entry.getValue(), draft.steps().get(entry.getKey())))
                    .filter(entry -> entry.getValue().operation().isChange()
                            && entry.getValue().operation() != Operation.DELETE)
                    .findFirst()
                    .ifPresent(entry -> diagnostics.add(entry.getKey()
                            .emulationWarning(
                                    draft.host().name(), entry.getValue().place())));
        }
    }
}
