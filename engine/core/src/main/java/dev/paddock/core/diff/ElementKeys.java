package dev.paddock.core.diff;

import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys that identify the elements of an unordered list. */
final class ElementKeys {
    private ElementKeys() {}

    /** Return the key of an element: the first alternative of the rule that it has values for. */
    static List<Object> of(ListMatch.Keyed rule, ChildElement child) {
        for (var alternative : rule.keys()) {
            List<Object> key = new ArrayList<>(alternative.size() + 1);
            key.add(alternative);
            for (var part : alternative) {
                part(child.path(), part, child.element()).ifPresent(key::add);
            }
            if (key.size() > alternative.size()) {
                return key;
            }
        }
        return List.of();
    }

    /** Return one part of a key: an attribute, a path below the element, or its text. */
    static Optional<String> part(RulePath path, String part, Element element) {
        if (part.equals(".")) {
            return Optional.of(LeafValues.text(path, element));
        }
        if (part.startsWith("@")) {
            var attribute = path.step(part);
            var leaf = LeafValues.attribute(path, element, attribute);
            if (leaf.isPresent()) {
                return Optional.of(leaf.get().canonical());
            }
            return attribute.fill() instanceof UndeclaredValue.Constant(String value)
                    ? Optional.of(value)
                    : Optional.empty();
        }
        var slash = part.indexOf('/');
        var inner = path.step(slash < 0 ? part : part.substring(0, slash));
        var rest = slash < 0 ? "." : part.substring(slash + 1);
        for (var child : element.children()) {
            if (path.element(child.name()) == inner) {
                return part(inner, rest, child);
            }
        }
        return Optional.empty();
    }
}
