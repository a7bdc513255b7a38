package dev.paddock.core.diff;

import dev.paddock.api.rule.Fill;
import dev.paddock.api.rule.Siblings;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What elements of a set are known by. */
final class Keys {
    private Keys() {}

    /** Return the key of an element, equal to that of the same element elsewhere: the first alternative that it has. */
    static List<Object> of(Siblings.Keyed rule, Child child) {
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

    /** Return one part of a key: an attribute, a path below, or the text. */
    static Optional<String> part(RuledPath path, String part, Element element) {
        if (part.equals(".")) {
            return Optional.of(Leaves.text(path, element));
        }
        if (part.startsWith("@")) {
            var wanted = path.step(part);
            var leaf = Leaves.attribute(path, element, wanted);
            if (leaf.isPresent()) {
                return Optional.of(leaf.get().canonical());
            }
            return wanted.fill() instanceof Fill.Constant(String value) ? Optional.of(value) : Optional.empty();
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
