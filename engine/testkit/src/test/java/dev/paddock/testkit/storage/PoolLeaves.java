package dev.paddock.testkit.storage;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Where documents differ, found without any help of the engine's. */
final class PoolLeaves {
    private static final Set<String> CHOSEN = Set.of("uuid[1]", "capacity[1]", "allocation[1]", "available[1]");

    private PoolLeaves() {}

    /** Return where two documents differ; of elements that only one has, their own places. */
    static Set<String> between(Element one, Element other) {
        Set<String> spots = new TreeSet<>();
        compare("", one, other, spots);
        spots.removeIf(path -> CHOSEN.stream().anyMatch(path::startsWith));
        return spots;
    }

    private static void compare(String path, Element one, Element other, Set<String> spots) {
        Set<XmlName> attributes = new LinkedHashSet<>(one.attributes().keySet());
        attributes.addAll(other.attributes().keySet());
        attributes.stream()
                .filter(name -> !Objects.equals(
                        one.attributes().get(name), other.attributes().get(name)))
                .forEach(name -> spots.add(path + "@" + name));
        if (!one.text().strip().equals(other.text().strip())) {
            spots.add(path.substring(0, Math.max(0, path.length() - 1)));
        }
        Set<XmlName> names = new LinkedHashSet<>();
        one.children().forEach(child -> names.add(child.name()));
        other.children().forEach(child -> names.add(child.name()));
        names.forEach(name -> compare(path + name, named(one, name), named(other, name), spots));
    }

    /** What is equal at both ends of two lists is the same; between, the first are paired, and the rest is extra. */
    private static void compare(String path, List<Element> one, List<Element> other, Set<String> spots) {
        var shorter = Math.min(one.size(), other.size());
        var start = 0;
        while (start < shorter && one.get(start).equals(other.get(start))) {
            start++;
        }
        var end = 0;
        while (end < shorter - start && one.get(one.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
            end++;
        }
        for (var i = start; i < Math.max(one.size(), other.size()) - end; i++) {
            var at = path + "[" + (i + 1) + "]";
            if (i < shorter - end) {
                compare(at + "/", one.get(i), other.get(i), spots);
            } else {
                leaves(at, i < one.size() ? one.get(i) : other.get(i), spots);
            }
        }
    }

    /** An element that only one of the documents has is told whole, or leaf by leaf. */
    private static void leaves(String path, Element element, Set<String> spots) {
        if (element.children().isEmpty()) {
            if (!element.attributes().isEmpty() || !element.text().isBlank()) {
                spots.add(path);
            }
            return;
        }
        Map<XmlName, Integer> seen = new HashMap<>();
        for (var child : element.children()) {
            leaves(path + "/" + child.name() + "[" + seen.merge(child.name(), 1, Integer::sum) + "]", child, spots);
        }
    }

    private static List<Element> named(Element parent, XmlName name) {
        return parent.children().stream()
                .filter(child -> child.name().equals(name))
                .toList();
    }

    /** Return a path of a plan with the position of every element. */
    static String positioned(String path) {
        List<String> parts = new ArrayList<>();
        for (var part : path.split("/", -1)) {
            parts.add(part.startsWith("@") || part.endsWith("]") ? part : part + "[1]");
        }
        return String.join("/", parts);
    }

    /** Return whether a leaf is at a path, or within it. */
    static boolean covers(String path, String leaf) {
        return leaf.equals(path) || leaf.startsWith(path + "/") || path.startsWith(leaf + "/");
    }
}
