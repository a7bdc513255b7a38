package dev.paddock.core.diff;

import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes and texts of an element, normalized for comparison. */
final class LeafValues {
    private LeafValues() {}

    /**
     * An attribute.
     *
     * @param spelled its name in the document
     * @param text its value in the document
     * @param path the path of its name in the document
     */
    record Leaf(XmlName spelled, String text, RulePath path) {
        /** Return the normalized value. */
        String canonical() {
            var alias = path.alias();
            return path.compared()
                    .rule()
                    .canon()
                    .apply(alias.isPresent() ? alias.get().canon().apply(text) : text);
        }
    }

    /** Return the attributes by the path that they are compared at. */
    static Map<RulePath, Leaf> attributes(RulePath path, Element element) {
        if (element.attributes().isEmpty()) {
            return Map.of();
        }
        Map<RulePath, Leaf> leaves = new LinkedHashMap<>();
        element.attributes().forEach((name, text) -> {
            var spelled = path.attribute(name);
            leaves.putIfAbsent(spelled.compared(), new Leaf(name, text, spelled));
        });
        return leaves;
    }

    /** Return the attribute that is compared at this path. */
    static Optional<Leaf> attribute(RulePath path, Element element, RulePath compared) {
        for (var attribute : element.attributes().entrySet()) {
            var spelled = path.attribute(attribute.getKey());
            if (spelled.compared() == compared) {
                return Optional.of(new Leaf(attribute.getKey(), attribute.getValue(), spelled));
            }
        }
        return Optional.empty();
    }

    static String text(RulePath path, Element element) {
        return path.rule().canon().apply(element.text());
    }

    /** Return every leaf below an element as a text of path and value, without momentary ones. */
    static List<String> all(RulePath path, Element element) {
        var found = new ArrayList<String>();
        collect(path, element, "", found);
        return found;
    }

    private static void collect(RulePath path, Element element, String at, List<String> found) {
        if (isIgnored(path.fill())) {
            return;
        }
        attributes(path, element).forEach((inner, leaf) -> {
            var canonical = leaf.canonical();
            if (!isIgnored(inner.fill()) && !inner.isConstant(canonical)) {
                found.add(at + "/" + inner.step() + "=" + canonical);
            }
        });
        if (element.children().isEmpty()) {
            found.add(at + "=" + text(path, element));
        }
        for (var child : element.children()) {
            var inner = path.element(child.name());
            collect(inner, child, at + "/" + inner.step(), found);
        }
    }

    private static boolean isIgnored(UndeclaredValue undeclared) {
        return switch (undeclared) {
            case UndeclaredValue.Momentary momentary -> true;
            case UndeclaredValue.Others others -> true;
            case UndeclaredValue.Nobody nobody -> false;
            case UndeclaredValue.Constant constant -> false;
            case UndeclaredValue.Chosen chosen -> false;
        };
    }
}
