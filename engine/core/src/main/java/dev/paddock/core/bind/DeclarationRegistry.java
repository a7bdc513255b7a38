package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.kind.CheckedKind;
import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.Contribution;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.LocatedResource;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.check.UuidConflicts;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.DeclaredResource.Origin;
import dev.paddock.core.resource.Expectation;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.schema.ControlCharacters;
import dev.paddock.core.source.DiagnosticSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that the plays of a run declare: hosts, projects, resources, expectations, and what resources contribute to
 * one another. Reports duplicates, and contributions that have no resource to go to.
 */
final class DeclarationRegistry {
    private final DiagnosticSink diagnostics;
    /** By URI: two names of one libvirt are one host, which is planned once. */
    private final Map<String, InventoryHost> hosts = new LinkedHashMap<>();

    private final Map<InventoryHost, Set<String>> projects = new LinkedHashMap<>();
    /** A set, because a fragment may be included twice. */
    private final Set<Expectation> expectations = new LinkedHashSet<>();
    /** By kind, name and host. */
    private final Map<List<String>, DeclaredResource> resources = new LinkedHashMap<>();
    /** The names that libvirt objects take, by root element, name and host. */
    private final Map<List<String>, DeclaredResource> objectNames = new HashMap<>();

    private final List<HostContribution> contributions = new ArrayList<>();

    private record HostContribution(InventoryHost host, Contribution contribution) {}

    DeclarationRegistry(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Add a host that a play applies to. */
    void addHost(InventoryHost host) {
        hosts.putIfAbsent(host.uri(), host);
    }

    /** Add a project that a play applies to a host. */
    void addProject(InventoryHost host, String project) {
        projects.computeIfAbsent(canonical(host), key -> new LinkedHashSet<>()).add(project);
    }

    void addExpectation(Expectation expectation) {
        expectations.add(expectation);
    }

    /** Add what a resource contributes to another one, which may be declared later. */
    void addContribution(InventoryHost host, Contribution contribution) {
        contributions.add(new HostContribution(host, contribution));
    }

    /** Add a resource; report an error if its host already has one of the same kind and name. */
    void addResource(DeclaredResource declaration) {
        var resource = declaration.on(canonical(declaration.host()));
        var key = key(resource.id(), resource.host());
        var earlier = resources.putIfAbsent(key, resource);
        checkObjectNames(resource);
        checkCharacters(resource);
        if (earlier != null && (earlier.origin() == Origin.SHARED || resource.origin() == Origin.SHARED)) {
            // A resource that shares another one takes it as it was declared.
            if (earlier.origin() == Origin.SHARED) {
                resources.put(key, resource);
            }
            return;
        }
        if (earlier != null && !DataKind.of(resource.kind()).isShared() && !isSameDeclaration(earlier, resource)) {
            diagnostics.error(
                    Code.DUPLICATE_RESOURCE,
                    resource.place(),
                    "The " + resource.kind().name() + " "
                            + diagnostics.quote(resource.id().name()) + " is declared twice for host '"
                            + resource.host().name() + "', first at " + earlier.place() + ".",
                    "Remove one of the two, or give it another name.");
        }
    }

    /** A fragment that is included twice does not declare its resources twice. */
    private static boolean isSameDeclaration(DeclaredResource earlier, DeclaredResource resource) {
        return earlier.place().equals(resource.place())
                && earlier.document().equals(resource.document())
                && earlier.project().equals(resource.project())
                && earlier.state() == resource.state();
    }

    /** Report control characters in the document, however it was made: libvirt keeps them, and others print them. */
    private void checkCharacters(DeclaredResource resource) {
        var found = ControlCharacters.in(resource.document());
        if (found.isPresent() && resource.state() != DesiredState.ABSENT) {
            diagnostics.error(
                    Code.CONTROL_CHARACTER,
                    resource.place(),
                    "In the document of the " + resource.kind().name() + ", "
                            + found.get().where()
                            + " has the control character U+%04X."
                                    .formatted(found.get().character()),
                    "Remove it; only tabs and line breaks can be there.");
        }
    }

    /** Report names that libvirt would have to give to two objects. */
    private void checkObjectNames(DeclaredResource resource) {
        if (resource.state() == DesiredState.ABSENT) {
            return;
        }
        for (var name : ContainedKind.of(resource.kind()).names(resource.id(), resource.document())) {
            var earlier = objectNames.putIfAbsent(
                    List.of(resource.kind().root(), name, resource.host().uri()), resource);
            if (earlier != null && !earlier.id().equals(resource.id())) {
                diagnostics.error(
                        Code.DUPLICATE_RESOURCE,
                        resource.place(),
                        "The " + resource.id() + " and the " + earlier.id() + " at " + earlier.place()
                                + " would both have a " + resource.kind().root() + " of libvirt's called "
                                + diagnostics.quote(name) + ", of which host '"
                                + resource.host().name() + "' can have one.",
                        "Give one of the two another name.");
            }
        }
    }

    /** Report the errors in and among the documents. Call this once, after the contributions were applied. */
    void checkDocuments() {
        Map<InventoryHost, Map<Kind, List<LocatedResource>>> groups = new LinkedHashMap<>();
        for (var resource : resources.values()) {
            if (resource.state() != DesiredState.ABSENT) {
                groups.computeIfAbsent(resource.host(), host -> new LinkedHashMap<>())
                        .computeIfAbsent(resource.kind(), kind -> new ArrayList<>())
                        .add(resource.located());
            }
        }
        for (var kinds : groups.values()) {
            kinds.forEach((kind, group) -> {
                var checks = CheckedKind.of(kind);
                group.forEach(resource -> checks.mistakes(resource).forEach(diagnostics::add));
                checks.conflicts(group).forEach(diagnostics::add);
            });
            new UuidConflicts(diagnostics).check(kinds);
        }
    }

    /** Add the contributions to the documents of the resources that they are for. Call this once, at the end. */
    void applyContributions() {
        contributions.forEach(this::apply);
    }

    private void apply(HostContribution addition) {
        var contribution = addition.contribution();
        var key = key(contribution.to(), addition.host());
        var resource = resources.get(key);
        var document = Optional.ofNullable(resource)
                .filter(found -> found.state() != DesiredState.ABSENT)
                .flatMap(found -> ShorthandKind.of(found.kind()).with(found.document(), contribution.part()));
        if (resource != null && document.isPresent()) {
            resources.put(key, resource.with(document.get()));
            return;
        }
        diagnostics.error(
                Code.UNKNOWN_REFERENCE,
                contribution.place(),
                resource == null
                        ? "What is asked for here is an entry of " + contribution.to()
                                + ", which is not declared in this run."
                        : ShorthandKind.of(resource.kind())
                                .obstacle(resource.document(), contribution.part())
                                .orElse("What is asked for here is an entry of " + contribution.to()
                                        + ", which has no place for it."),
                resource == null
                        ? "Declare the " + contribution.to() + " here or in a file that is applied with this one."
                        : "Correct it here, or in the " + contribution.to() + " at " + resource.place() + ".");
    }

    private InventoryHost canonical(InventoryHost host) {
        return hosts.getOrDefault(host.uri(), host);
    }

    private static List<String> key(ResourceId id, InventoryHost host) {
        return List.of(id.kind(), id.name(), host.uri());
    }

    /** Return the hosts, in the order of the plays. */
    List<InventoryHost> hosts() {
        return List.copyOf(hosts.values());
    }

    Map<InventoryHost, Set<String>> projects() {
        return projects;
    }

    /** Return the resources, in the order of the playbooks. */
    List<DeclaredResource> resources() {
        return List.copyOf(resources.values());
    }

    List<Expectation> expectations() {
        return List.copyOf(expectations);
    }
}
