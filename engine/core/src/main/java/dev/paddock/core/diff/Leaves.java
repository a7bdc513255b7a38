package dev.paddock.core.diff;

import dev.paddock.api.rule.Fill;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes of an element in the words that it is compared in, and what a whole element holds. */
final class Leaves {
    private Leaves() {}

    /**
     * An attribute.
     *
     * @param spelled its name in the document
     * @param text its value in the document
     * @param path the path of that name
     */
    record Leaf(Name spelled, String text, RuledPath path) {
        /** Return the value in the form in which it compares. */
        String canonical() {
            var alias = path.alias();
            return path.compared()
                    .rule()
                    .canon()
                    .apply(alias.isPresent() ? alias.get().canon().apply(text) : text);
        }
    }

    /** Return the attributes by the path they are compared at. */
    static Map<RuledPath, Leaf> attributes(RuledPath path, Element element) {
        if (element.attributes().isEmpty()) {
            return Map.of();
        }
        Map<RuledPath, Leaf> leaves = new LinkedHashMap<>();
        element.attributes().forEach((name, text) -> {
            var spelled = path.attribute(name);
            leaves.putIfAbsent(spelled.compared(), new Leaf(name, text, spelled));
        });
        return leaves;
    }

    /** Return the attribute that is compared at this path. */
    static Optional<Leaf> attribute(RuledPath path, Element element, RuledPath wanted) {
        for (var attribute : element.attributes().entrySet()) {
            var spelled = path.attribute(attribute.getKey());
            if (spelled.compared() == wanted) {
                return Optional.of(new Leaf(attribute.getKey(), attribute.getValue(), spelled));
            }
        }
        return Optional.empty();
    }

    static String text(RuledPath path, Element element) {
        return path.rule().canon().apply(element.text());
    }

    /** Return every leaf below, each as one text of where and what; momentary ones left out. */
    static List<String> all(RuledPath path, Element element) {
        var found = new ArrayList<String>();
        collect(path, element, "", found);
        return found;
    }

    private static void collect(RuledPath path, Element element, String at, List<String> found) {
        if (isOutside(path.fill())) {
            return;
        }
        attributes(path, element).forEach((inner, leaf) -> {
            var canonical = leaf.canonical();
            if (!isOutside(inner.fill()) && !inner.isConstant(canonical)) {
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

    private static boolean isOutside(Fill fill) {
        return switch (fill) {
            case Fill.Momentary momentary -> true;
            case Fill.Others others -> true;
            case Fill.Nobody nobody -> false;
            case Fill.Constant constant -> false;
            case Fill.Chosen chosen -> false;
        };
    }
}
