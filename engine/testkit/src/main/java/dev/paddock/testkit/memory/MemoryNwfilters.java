package dev.paddock.testkit.memory;

import dev.paddock.api.host.Observed;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The network filters of a host in memory. To be used under the host's lock. */
final class MemoryNwfilters {
    private final SeededChoice chance;
    private final Map<String, Element> filters = new TreeMap<>();
    private final Set<String> bound = new HashSet<>();

    MemoryNwfilters(SeededChoice chance) {
        this.chance = chance;
    }

    Map<String, Observed> observed() {
        Map<String, Observed> observed = new TreeMap<>();
        filters.forEach((name, filter) ->
                observed.put(name, new Observed.Present(uuid(filter), filter, Optional.empty(), true, true, false)));
        return observed;
    }

    /** Perform an action on a filter. */
    void perform(Action action) {
        var name = action.target().name();
        switch (action) {
            case Action.Define define -> define(MemoryDocument.of("nwfilter.rng", define));
            case Action.Undefine undefine -> undefine(name);
            case Action.Start other -> throw MemoryWriter.unsupported(other);
            case Action.Stop other -> throw MemoryWriter.unsupported(other);
            case Action.Build other -> throw MemoryWriter.unsupported(other);
            case Action.Resize other -> throw MemoryWriter.unsupported(other);
            case Action.Provide other -> throw MemoryWriter.unsupported(other);
            case Action.SetAutostart other -> throw MemoryWriter.unsupported(other);
            case Action.UpdateNetwork other -> throw MemoryWriter.unsupported(other);
            case Action.Replug other -> throw MemoryWriter.unsupported(other);
            case Action.AwaitReady other -> throw MemoryWriter.unsupported(other);
            case Action.SetMetadata other -> throw MemoryWriter.unsupported(other);
            case Action.Guest other -> throw MemoryWriter.unsupported(other);
        }
    }

    void define(Element given) {
        var name = given.attribute("name").orElse("");
        var identified = given.childText("uuid").isPresent()
                ? given
                : given.withChild(Element.of("uuid").withText(chance.uuid()));
        var form = NwfilterForm.of(identified);
        filters.forEach((otherName, other) -> {
            if (uuid(other).equals(uuid(form)) && !otherName.equals(name)) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.NWFILTER,
                        "operation failed: filter with same UUID but different name ('" + otherName
                                + "') already exists");
            }
            if (otherName.equals(name) && !uuid(other).equals(uuid(form))) {
                throw LibvirtRefusal.CONFLICT.of(
                        LibvirtRefusal.NWFILTER,
                        "operation failed: filter '" + name + "' already exists with uuid " + uuid(other));
            }
        });
        if (reaches(form, name, new HashSet<>())) {
            throw LibvirtRefusal.CONFLICT.of(
                    LibvirtRefusal.NWFILTER, "operation failed: filter would introduce a loop");
        }
        filters.put(name, form);
    }

    private boolean reaches(Element filter, String name, Set<String> seen) {
        for (var reference : references(filter)) {
            if (reference.equals(name)) {
                return true;
            }
            var referenced = filters.get(reference);
            if (referenced != null && seen.add(reference) && reaches(referenced, name, seen)) {
                return true;
            }
        }
        return false;
    }

    /** A filter that only another filter, or a guest that does not run, refers to can go. */
    void undefine(String name) {
        if (bound.contains(name)) {
            throw LibvirtRefusal.WRONG_STATE.of(
                    LibvirtRefusal.NWFILTER, "Requested operation is not valid: nwfilter is in use");
        }
        filters.remove(name);
    }

    void bind(String name) {
        bound.add(name);
    }

    private static String uuid(Element filter) {
        return filter.childText("uuid").orElseThrow();
    }

    private static List<String> references(Element filter) {
        return filter.children("filterref").stream()
                .flatMap(reference -> reference.attribute("filter").stream())
                .toList();
    }

    /** Return what should never be so. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        filters.forEach((name, filter) -> references(filter).stream()
                .filter(reference -> !filters.containsKey(reference))
                .forEach(
                        reference -> violations.add("filter " + name + " refers to " + reference + ", which is gone")));
        return violations;
    }
}
