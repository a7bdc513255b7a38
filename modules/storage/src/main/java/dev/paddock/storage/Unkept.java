package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what stands in a document and not in the form that libvirt keeps of it. */
final class Unkept {
    /** What libvirt measures, and takes from nobody. */
    private static final List<String> MEASURED = List.of("capacity", "allocation", "available");

    private Unkept() {}

    /** Return the paths of what is not kept of a pool. */
    static List<String> ofPool(Element pool, Element form) {
        List<String> paths = new ArrayList<>();
        var declared = pool.withChildren(pool.children().stream()
                .filter(child -> MEASURED.stream().noneMatch(child::is))
                .toList());
        find("", declared, form, paths);
        PoolType.of(pool)
                .flatMap(PoolType::fixedTarget)
                .flatMap(start -> pool.child("target"))
                .flatMap(target -> Parts.text(target, "path"))
                .filter(path -> form.child("target")
                        .flatMap(target -> Parts.text(target, "path"))
                        .filter(kept -> !kept.equals(Paths.clean(path)))
                        .isPresent())
                .ifPresent(path -> paths.add("target/path"));
        return paths;
    }

    private static void find(String path, Element given, Element kept, List<String> paths) {
        given.attributes().forEach((name, value) -> {
            var saysNothing = name.local().equals("port") && value.strip().matches("0+");
            if (!kept.attributes().containsKey(name) && !saysNothing) {
                paths.add(path + "@" + name);
            }
        });
        Map<Name, Integer> seen = new HashMap<>();
        for (var child : given.children()) {
            var position = seen.merge(child.name(), 1, Integer::sum);
            var others = given.children().stream()
                    .filter(other -> other.name().equals(child.name()))
                    .count();
            var at = path + child.name() + (others > 1 ? "[" + position + "]" : "");
            var matching = kept.children().stream()
                    .filter(other -> other.name().equals(child.name()))
                    .skip(position - 1L)
                    .findFirst();
            if (matching.isPresent()) {
                find(at + "/", child, matching.get(), paths);
            } else if (says(child)) {
                paths.add(at);
            }
        }
    }

    private static boolean says(Element element) {
        return !element.attributes().isEmpty()
                || element.children().stream().anyMatch(Unkept::says)
                || (!element.text().isBlank()
                        && !Permissions.isNobody(element.name().local(), element.text()));
    }
}
