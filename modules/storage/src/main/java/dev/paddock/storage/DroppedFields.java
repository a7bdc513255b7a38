package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the parts of a document that are missing in the form that libvirt keeps. */
final class DroppedFields {
    /** The values that libvirt measures, and ignores in definitions. */
    private static final List<String> MEASURED = List.of("capacity", "allocation", "available");

    private DroppedFields() {}

    /** Return the paths of the parts of a pool that libvirt drops. */
    static List<String> ofPool(Element pool, Element form) {
        List<String> paths = new ArrayList<>();
        var declared = pool.withChildren(pool.children().stream()
                .filter(child -> MEASURED.stream().noneMatch(child::is))
                .toList());
        find("", declared, form, paths);
        StoragePoolType.of(pool)
                .flatMap(StoragePoolType::fixedTarget)
                .flatMap(start -> pool.child("target"))
                .flatMap(target -> ElementReader.text(target, "path"))
                .filter(path -> form.child("target")
                        .flatMap(target -> ElementReader.text(target, "path"))
                        .filter(kept -> !kept.equals(StoragePaths.clean(path)))
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
        Map<XmlName, Integer> seen = new HashMap<>();
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
                || element.children().stream().anyMatch(DroppedFields::says)
                || (!element.text().isBlank()
                        && !StoragePermissions.isNobody(element.name().local(), element.text()));
    }
}
