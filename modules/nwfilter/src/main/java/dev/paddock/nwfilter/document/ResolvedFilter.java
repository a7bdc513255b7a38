package dev.paddock.nwfilter.document;

import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.NameResolver.Answer;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A filter whose host names were resolved again: what applying its playbook now would produce, without any other
 * change.
 *
 * @param document the filter, for libvirt
 * @param moved the names whose addresses changed
 * @param lost the names without an address that a rule is for; their rules stay unchanged
 */
public record ResolvedFilter(Element document, List<Moved> moved, Set<String> lost) {
    /** A name, with the addresses that it gained and lost. */
    public record Moved(String name, List<String> added, List<String> removed) {
        public Moved {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    public ResolvedFilter {
        moved = List.copyOf(moved);
        lost = Collections.unmodifiableSet(new TreeSet<>(lost));
    }

    /**
     * Resolve the names again.
     *
     * @param filter as libvirt wrote it
     * @param isOwn whether the filter belongs to a project; rules that name another project stay unchanged
     */
    public static ResolvedFilter of(Element filter, NameResolver names, Predicate<String> isOwn) {
        return new Following(names, isOwn).follow(NormalForm.written(filter));
    }

    private static final class Following {
        private final NameResolver names;
        private final Predicate<String> isOwn;
        private final Map<String, Set<String>> added = new TreeMap<>();
        private final Map<String, Set<String>> removed = new TreeMap<>();
        private final Set<String> lost = new TreeSet<>();

        private Following(NameResolver names, Predicate<String> isOwn) {
            this.names = names;
            this.isOwn = isOwn;
        }

        private ResolvedFilter follow(Element filter) {
            var children = NamedRules.parts(filter).stream().flatMap(this::now).toList();
            Set<String> changed = new TreeSet<>(added.keySet());
            changed.addAll(removed.keySet());
            var moved = changed.stream()
                    .map(name -> new Moved(
                            name,
                            List.copyOf(added.getOrDefault(name, Set.of())),
                            List.copyOf(removed.getOrDefault(name, Set.of()))))
                    .toList();
            return new ResolvedFilter(filter.withChildren(children), moved, lost);
        }

        private Stream<Element> now(NamedRules.Part part) {
            return switch (part) {
                case NamedRules.Part.Other other -> Stream.of(other.child());
                case NamedRules.Part.Named named
                when !isOwn.test(named.group().mark().project()) -> named.group().rules().stream();
                case NamedRules.Part.Named named -> now(named.group()).stream();
            };
        }

        private List<Element> now(NamedRules group) {
            Map<String, List<String>> addresses = new TreeMap<>();
            var same = true;
            for (var place : group.mark().names().entrySet()) {
                var before = group.addresses(place.getKey());
                var after = resolved(place.getValue(), group.isForSix(), before);
                addresses.put(place.getKey(), after);
                note(added, place.getValue(), after, before);
                note(removed, place.getValue(), before, after);
                same &= before.equals(after);
            }
            return same ? group.rules() : group.with(addresses);
        }

        private List<String> resolved(String name, boolean isForSix, List<String> before) {
            var found = names.resolve(name) instanceof Answer.Found known ? known.of(isForSix) : List.<String>of();
            if (found.isEmpty()) {
                lost.add(name);
                return before;
            }
            return found;
        }

        private static void note(
                Map<String, Set<String>> differences, String name, List<String> some, List<String> others) {
            List<String> only = new ArrayList<>(some);
            only.removeAll(others);
            if (!only.isEmpty()) {
                differences.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(only);
            }
        }
    }
}
