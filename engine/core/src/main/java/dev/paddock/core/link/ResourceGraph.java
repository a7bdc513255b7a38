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

/** What needs what. Immutable; iterates in the order in which resources were given. */
public final class ResourceGraph {
    private final Map<ResourceId, Set<ResourceId>> needs;

    private ResourceGraph(Map<ResourceId, Set<ResourceId>> needs) {
        this.needs = needs;
    }

    /** Make a graph of these resources; what they need and is not among them is left out. */
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

    /** Return what a resource needs directly. */
    public Set<ResourceId> needs(ResourceId id) {
        return needs.getOrDefault(id, Set.of());
    }

    /** Return these resources and all that they need, directly or not. */
    public Set<ResourceId> withNeeds(Collection<ResourceId> ids) {
        var found = new LinkedHashSet<ResourceId>();
        var open = new ArrayDeque<>(ids);
        while (!open.isEmpty()) {
            var id = open.poll();
            if (found.add(id)) {
                open.addAll(needs(id));
            }
        }
        return found;
    }

    /** Return the graph in which everything needs what needed it: the order of taking away. */
    public ResourceGraph reversed() {
        Map<ResourceId, Set<ResourceId>> turned = new LinkedHashMap<>();
        resources().forEach(id -> turned.put(id, new LinkedHashSet<>()));
        needs.forEach((id, others) -> others.forEach(other ->
                turned.computeIfAbsent(other, key -> new LinkedHashSet<>()).add(id)));
        return new ResourceGraph(turned);
    }

    /** Return the resources, each after all that it needs. Only for a graph without cycles. */
    public List<ResourceId> inOrder() {
        var order = new LinkedHashSet<ResourceId>();
        var begun = new HashSet<ResourceId>();
        var open = new ArrayDeque<>(resources());
        while (!open.isEmpty()) {
            var id = open.peek();
            var missing =
                    needs(id).stream().filter(other -> !order.contains(other)).toList();
            if (missing.isEmpty()) {
                order.add(open.poll());
            } else if (!begun.add(id)) {
                throw new IllegalStateException("A graph with a circle has no order. This is a bug in this tool.");
            } else {
                missing.reversed().forEach(open::push);
            }
        }
        return List.copyOf(order);
    }

    /** Return every circle, each once, from its first resource back to it: {@code [a, b, a]}. */
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
                cycles.add(circle(path, next));
            }
        }
    }

    private static List<ResourceId> circle(ArrayDeque<Visit> path, ResourceId closing) {
        List<ResourceId> circle = new ArrayList<>();
        circle.add(closing);
        for (var visit : path) {
            circle.addFirst(visit.id());
            if (visit.id().equals(closing)) {
                break;
            }
        }
        return circle;
    }

    private enum Mark {
        OPEN,
        DONE
    }

    private record Visit(ResourceId id, ArrayDeque<ResourceId> remaining) {}
}
