package dev.paddock.network;

import dev.paddock.api.rule.Fill;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Elements in the one spelling that all elements have that mean the same. */
final class Canonical {
    private static final Map<String, Rule> RULES =
            NetworkRules.RULES.rules().stream().collect(Collectors.toUnmodifiableMap(Rule::path, Function.identity()));

    private Canonical() {}

    /**
     * Return the element with its values spelled canonically, and without defaults and what only tells of the moment.
     *
     * @param path of the element, as rules have it; empty for the document
     */
    static Element of(String path, Element element) {
        Map<Name, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> {
            var rule = RULES.get(below(path, "@" + name.local()));
            var canonical = rule == null ? value : rule.canon().apply(value);
            if (rule == null || isSaid(rule, canonical)) {
                attributes.put(name, canonical);
            }
        });
        return new Element(
                element.name(),
                attributes,
                element.children().stream()
                        .map(child -> of(below(path, child.name().local()), child))
                        .toList(),
                element.text());
    }

    private static boolean isSaid(Rule rule, String canonical) {
        return switch (rule.fill()) {
            case Fill.Constant constant -> !canonical.equals(rule.canon().apply(constant.value()));
            case Fill.Momentary momentary -> false;
            case Fill.Nobody nobody -> true;
            case Fill.Chosen chosen -> true;
            case Fill.Others others -> true;
        };
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
