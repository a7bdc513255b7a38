package dev.paddock.network.compare;

import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Elements in canonical form: elements with the same meaning have the same spelling. */
public final class CanonicalValues {
    private static final Map<String, Rule> RULES =
            NetworkRules.RULES.rules().stream().collect(Collectors.toUnmodifiableMap(Rule::path, Function.identity()));

    private CanonicalValues() {}

    /**
     * Return the element with canonical values, without defaults and without values of the moment.
     *
     * @param path of the element, as in rules; empty for the document
     */
    public static Element of(String path, Element element) {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
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
            case UndeclaredValue.Constant constant ->
                !canonical.equals(rule.canon().apply(constant.value()));
            case UndeclaredValue.Momentary momentary -> false;
            case UndeclaredValue.Nobody nobody -> true;
            case UndeclaredValue.Chosen chosen -> true;
            case UndeclaredValue.Others others -> true;
        };
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
