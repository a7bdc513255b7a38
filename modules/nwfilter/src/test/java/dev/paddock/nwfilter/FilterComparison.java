package dev.paddock.nwfilter;

import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of a document as the rules see them, so that documents say the same when their leaves are equal. Sequences
 * are counted, sets are sorted by key, and what libvirt would fill in is left out.
 */
public final class FilterComparison {
    private final Rules rules;
    private final Set<String> leaves = new TreeSet<>();

    private FilterComparison(Rules rules) {
        this.rules = rules;
    }

    static Set<String> leaves(Element document) {
        var kind = new NwfilterKind();
        var compared = new FilterComparison(kind.rules());
        compared.read(kind.comparable(document), "", "");
        return compared.leaves;
    }

    /** Return the paths whose leaves differ. */
    public static Set<String> differences(Element left, Element right) {
        var both = new LinkedHashSet<String>();
        var one = leaves(left);
        var other = leaves(right);
        one.stream().filter(leaf -> !other.contains(leaf)).forEach(leaf -> both.add(leaf.replaceFirst("=.*", "")));
        other.stream().filter(leaf -> !one.contains(leaf)).forEach(leaf -> both.add(leaf.replaceFirst("=.*", "")));
        return both;
    }

    private void read(Element element, String pattern, String path) {
        element.attributes().forEach((name, value) -> leaf(pattern + "@" + name, path + "@" + name, value));
        if (!pattern.isEmpty()) {
            var own = pattern.substring(0, pattern.length() - 1);
            leaf(own, path.substring(0, path.length() - 1), element.text());
        }
        var counts = new TreeMap<String, Integer>();
        for (var child : element.children()) {
            var below = pattern + child.name();
            var key =
                    switch (sibling(below)) {
                        case ListMatch.Ordered ordered -> ordered.group();
                        case ListMatch.Keyed keyed -> child.name() + ":" + key(keyed, child);
                        case null -> child.name().toString();
                    };
            var count = counts.merge(key, 1, Integer::sum);
            read(child, below + "/", path + child.name() + "[" + key + " " + count + "]/");
        }
    }

    private static String key(ListMatch.Keyed keyed, Element child) {
        List<String> parts = new ArrayList<>();
        for (var part : keyed.keys().getFirst()) {
            parts.add(child.attribute(part.substring(1)).orElse(""));
        }
        return String.join(",", parts);
    }

    private void leaf(String pattern, String path, String value) {
        var rule = rules.rules().stream()
                .filter(known -> matches(known.path(), pattern))
                .findFirst()
                .orElse(rules.otherwise());
        var canonical = rule.canon().apply(value);
        if (!filledIn(rule, canonical)) {
            leaves.add(path + "=" + canonical);
        }
    }

    private static boolean filledIn(Rule rule, String value) {
        return switch (rule.fill()) {
            case UndeclaredValue.Constant constant ->
                rule.canon().apply(constant.value()).equals(value);
            case UndeclaredValue.Chosen ignored -> true;
            case UndeclaredValue.Nobody ignored -> false;
            case UndeclaredValue.Others ignored -> true;
            case UndeclaredValue.Momentary ignored -> true;
        };
    }

    private static boolean matches(String rule, String pattern) {
        return pattern.matches(rule.replace("*", "[^/]+"));
    }

    private @Nullable ListMatch sibling(String pattern) {
        return rules.siblings().stream()
                .filter(known -> Objects.equals(known.path(), pattern))
                .findFirst()
                .orElse(null);
    }
}
