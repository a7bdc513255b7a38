package dev.paddock.core.link;

import dev.paddock.api.resource.ResourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dependency graph of resources. Immutable; iterates in the order in which resources were given. */
public final class ResourceGraph {
    private final Map<ResourceId, Set<ResourceId>> needs;

    private ResourceGraph(Map<ResourceId, Set<ResourceId>> needs) {
        this.needs = needs;
    }

    /** Return the graph of these resources; dependencies on other resources are left out. */
    public static ResourceGraph of(Map<ResourceId, ? extends Collection<ResourceId>> needs) {
        Map<ResourceId, Set<ResourceId>> known = new LinkedHashMap<>();
        needs.forEach((id, others) -> {
            var inside = new LinkedHashSet<>(others);
            inside.retainAll(needs.keySet());
            known.put(id, Collections.unmodifiableSet(inside));
        });
        return new ResourceGraph(known);
    }

    public Set<ResourceId> resources() {
        return Collections.unmodifiableSet(needs.keySet());
    }

    /** Return the direct dependencies of a resource. */
    public Set<ResourceId> needs(ResourceId id) {
        return needs.getOrDefault(id, Set.of());
    }

    /** Return these resources and all their dependencies, direct and indirect. */
    public Set<ResourceId> withNeeds(Collection<ResourceId> ids) {
        var found = new LinkedHashSet<ResourceId>();
        var pending = new ArrayDeque<>(ids);
        while (!pending.isEmpty()) {
            var id = pending.poll();
            if (found.add(id)) {
                pending.addAll(needs(id));
            }
        }
        return found;
    }

    /** Return the graph with all dependencies reversed, for the order of removals. */
    public ResourceGraph reversed() {
        Map<ResourceId, Set<ResourceId>> reversed = new LinkedHashMap<>();
        resources().forEach(id -> reversed.put(id, new LinkedHashSet<>()));
        needs.forEach((id, others) -> others.forEach(other ->
                reversed.computeIfAbsent(other, key -> new LinkedHashSet<>()).add(id)));
        return new ResourceGraph(reversed);
    }

    /** Return the resources, each after its dependencies. Only for a graph without cycles. */
    public List<ResourceId> inOrder() {
        var order = new LinkedHashSet<ResourceId>();
        var visited = new HashSet<ResourceId>();
        var pending = new ArrayDeque<>(resources());
        while (!pending.isEmpty()) {
            var id = pending.peek();
            var missing =
                    needs(id).stream().filter(other -> !order.contains(other)).toList();
            if (missing.isEmpty()) {
                order.add(pending.poll());
            } else if (!visited.add(id)) {
                throw new IllegalStateException("A graph with a circle has no order. This is a bug in this tool.");
            } else {
                missing.reversed().forEach(pending::push);
            }
        }
        return List.copyOf(order);
    }

    /** Return every cycle once, from its first resource back to it: {@code [a, b, a]}. */
    public List<List<ResourceId>> cycles() {
        List<List<ResourceId>> cycles = new ArrayList<>();
        Map<ResourceId, Mark> marks = new HashMap<>();
        for (var start : resources()) {
            search(start, marks, cycles);
        }
        return cycles;
    }

    private void search(ResourceId start, Map<ResourceId, Mark> marks, List<List<ResourceId>> cycles) {
        if (marks.containsKey(start)) {
            return;
        }
        var path = new ArrayDeque<Visit>();
        path.push(new Visit(start, new ArrayDeque<>(needs(start))));
        marks.put(start, Mark.OPEN);
        while (!path.isEmpty()) {
            var next = path.peek().remaining().poll();
            if (next == null) {
                marks.put(path.pop().id(), Mark.DONE);
            } else if (!marks.containsKey(next)) {
                marks.put(next, Mark.OPEN);
                path.push(new Visit(next, new ArrayDeque<>(needs(next))));
            } else if (marks.get(next) == Mark.OPEN) {
                cycles.add(cycle(path, next));
            }
        }
    }

    private static List<ResourceId> cycle(ArrayDeque<Visit> path, ResourceId closing) {
        List<ResourceId> cycle = new ArrayList<>();
        cycle.add(closing);
        for (var visit : path) {
            cycle.addFirst(visit.id());
            if (visit.id().equals(closing)) {
                break;
            }
        }
        return cycle;
    }

    private enum Mark {
        OPEN,
        DONE
    }

    private record Visit(ResourceId id, ArrayDeque<ResourceId> remaining) {}
}
