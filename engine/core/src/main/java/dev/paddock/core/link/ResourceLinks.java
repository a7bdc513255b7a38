package dev.paddock.core.link;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.FileKind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.core.resource.DeclaredResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The references among the resources of one host.
 *
 * @param cycles an error for each reference cycle
 */
public record ResourceLinks(ResourceGraph graph, List<Diagnostic> cycles) {
    public ResourceLinks {
        cycles = List.copyOf(cycles);
    }

    public static ResourceLinks of(List<DeclaredResource> resources) {
        Map<ResourceId, DeclaredResource> byId = new LinkedHashMap<>();
        Map<ResourceId, List<ResourceId>> needs = new LinkedHashMap<>();
        resources.forEach(resource -> byId.put(resource.id(), resource));
        Map<String, ResourceId> files = new LinkedHashMap<>();
        for (var resource : resources) {
            FileKind.of(resource.kind())
                    .provides(resource.id(), resource.document(), id -> Optional.ofNullable(byId.get(id))
                            .map(DeclaredResource::document))
                    .forEach(file -> files.put(file, resource.id()));
        }
        for (var resource : resources) {
            var needed = new LinkedHashSet<ResourceId>();
            resource.kind().references(resource.id(), resource.document()).stream()
                    .map(ResourceReference::to)
                    .forEach(needed::add);
            FileKind.of(resource.kind()).files(resource.document()).stream()
                    .flatMap(file -> Optional.ofNullable(files.get(file)).stream())
                    .forEach(needed::add);
            needs.put(resource.id(), List.copyOf(needed));
        }
        var graph = ResourceGraph.of(needs);
        List<Diagnostic> cycles = new ArrayList<>();
        for (var cycle : graph.cycles()) {
            Optional.ofNullable(byId.get(cycle.getFirst()))
                    .map(first -> cycleError(first, cycle))
                    .ifPresent(cycles::add);
        }
        return new ResourceLinks(graph, cycles);
    }

    private static Diagnostic cycleError(DeclaredResource first, List<ResourceId> cycle) {
        var names = cycle.stream().map(ResourceId::toString).collect(Collectors.joining(" -> "));
        return Diagnostic.error(
                Code.REFERENCE_CYCLE,
                first.place(),
                "These refer to each other in a cycle: " + names + ". None of them can be defined before the others.",
                "Take one of the references away.");
    }
}
