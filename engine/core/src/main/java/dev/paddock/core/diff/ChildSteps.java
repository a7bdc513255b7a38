package dev.paddock.core.diff;

import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.xml.XmlName;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Names the children of two elements as XPath steps. */
final class ChildSteps {
    private final RuleIndex rules;
    private final List<ChildElement> desired;
    private final List<ChildElement> observed;

    /** A cache: each neighbor of an element needs its predicate. */
    private final Map<List<String>, IdentityHashMap<ChildElement, Optional<String>>> predicates = new HashMap<>();

    ChildSteps(RuleIndex rules, List<ChildElement> desired, List<ChildElement> observed) {
        this.rules = rules;
        this.desired = desired;
        this.observed = observed;
    }

    /** Return the step to a match, whose text is built on demand. */
    PathStep step(ChildMatch match) {
        return new PathStep() {
            @Override
            public String shown() {
                return ChildSteps.this.shown(match);
            }

            @Override
            public String stable() {
                return ChildSteps.this.stable(match);
            }
        };
    }

    /** Return the name of an element, with its key or else its position if the name alone is ambiguous. */
    private String shown(ChildMatch match) {
        var child = match.observed().or(match::desired).orElseThrow();
        var step = rules.step(child.name());
        if (countOf(child.name(), desired) <= 1 && countOf(child.name(), observed) <= 1) {
            return step;
        }
        if (child.path().siblings().orElse(null) instanceof ListMatch.Keyed keyed) {
            for (var alternative : keyed.keys()) {
                Function<ChildElement, Optional<String>> predicate = each -> predicates
                        .computeIfAbsent(alternative, key -> new IdentityHashMap<>())
                        .computeIfAbsent(each, other -> predicate(alternative, other));
                var own = predicate.apply(child);
                if (own.isPresent()) {
                    return step
                            + own.get()
                            + positionAmongEqual(match.observed().isPresent() ? observed : desired, child, predicate);
                }
            }
        }
        return step + "[" + match.desired().or(match::observed).orElseThrow().position() + "]";
    }

    private String stable(ChildMatch match) {
        var child = match.desired().or(match::observed).orElseThrow();
        var step = rules.step(child.name());
        return child.path()
                .siblings()
                .map(rule -> rule instanceof ListMatch.Keyed keyed
                        ? predicate(keyed, child)
                                .map(own -> own + occurrence(match, child, own, keyed))
                                .orElse("[" + child.position() + "]")
                        : "[" + child.position() + "]")
                .map(predicate -> step + predicate)
                .orElse(step);
    }

    /** Return which of the elements with the same key it is; empty for the first, whose name others do not change. */
    private String occurrence(ChildMatch match, ChildElement child, String own, ListMatch.Keyed keyed) {
        var equal = (match.desired().isPresent() ? desired : observed)
                .stream()
                        .filter(other -> other.name().equals(child.name()))
                        .filter(other -> predicate(keyed, other).equals(Optional.of(own)))
                        .toList();
        return equal.indexOf(child) < 1 ? "" : "[" + (equal.indexOf(child) + 1) + "]";
    }

    /** Return the position among the elements with the same key; empty if the key is unique, as in most documents. */
    private static String positionAmongEqual(
            List<ChildElement> all, ChildElement child, Function<ChildElement, Optional<String>> predicate) {
        var own = predicate.apply(child);
        var equal = all.stream()
                .filter(other -> other.name().equals(child.name()))
                .filter(other -> predicate.apply(other).equals(own))
                .toList();
        return equal.size() > 1 ? "[" + (equal.indexOf(child) + 1) + "]" : "";
    }

    private static int countOf(XmlName name, List<ChildElement> children) {
        var count = 0;
        for (var child : children) {
            if (child.name().equals(name)) {
                count++;
            }
        }
        return count;
    }

    private static Optional<String> predicate(ListMatch.Keyed rule, ChildElement child) {
        return rule.keys().stream()
                .flatMap(alternative -> predicate(alternative, child).stream())
                .findFirst();
    }

    private static Optional<String> predicate(List<String> parts, ChildElement child) {
        var predicate = new StringBuilder();
        for (var part : parts) {
            var value = ElementKeys.part(child.path(), part, child.element());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            if (part.startsWith("@")) {
                LeafValues.attribute(child.path(), child.element(), child.path().step(part))
                        .ifPresent(leaf -> predicate.append("[@" + leaf.spelled() + "=" + quoted(leaf.text()) + "]"));
            } else {
                predicate.append("[" + part + "=" + quoted(value.get()) + "]");
            }
        }
        return predicate.isEmpty() ? Optional.empty() : Optional.of(predicate.toString());
    }

    /** XPath has no escapes, so a text with both kinds of quotes is a concatenation. */
    private static String quoted(String value) {
        if (!value.contains("'")) {
            return "'" + value + "'";
        }
        return value.contains("\"") ? "concat('" + value.replace("'", "', \"'\", '") + "')" : '"' + value + '"';
    }
}
