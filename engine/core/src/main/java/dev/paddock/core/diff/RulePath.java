package dev.paddock.core.diff;

import dev.paddock.api.rule.Alias;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A path in the documents of a kind, with the rules that apply to it. Each path has one instance, which is looked up from
 * its parent, so that walking thousands of documents builds no texts.
 */
final class RulePath {
    private final RuleIndex rules;
    private final Optional<RulePath> parent;
    private final String text;
    private final Rule rule;
    private final Optional<ListMatch> siblings;
    private final Optional<Alias> alias;
    private final Map<String, RulePath> steps = new ConcurrentHashMap<>();
    private final Map<XmlName, RulePath> elements = new ConcurrentHashMap<>();
    private final Map<XmlName, RulePath> attributes = new ConcurrentHashMap<>();

    RulePath(RuleIndex rules, Optional<RulePath> parent, String text) {
        this.rules = rules;
        this.parent = parent;
        this.text = text;
        this.rule = rules.rule(text);
        this.siblings = rules.siblings(text);
        this.alias = rules.alias(text);
    }

    /** Return the path as rules write it; empty for the root. */
    String text() {
        return text;
    }

    /** Return the last part of the path. */
    String step() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    boolean isRoot() {
        return parent.isEmpty();
    }

    Rule rule() {
        return rule;
    }

    UndeclaredValue fill() {
        return rule.fill();
    }

    Optional<ListMatch> siblings() {
        return siblings;
    }

    Optional<Alias> alias() {
        return alias;
    }

    /** Return the path below this one: an element name as rules write it, or {@code @} and an attribute name. */
    RulePath step(String step) {
        var known = steps.get(step);
        return known != null
                ? known
                : steps.computeIfAbsent(
                        step, key -> new RulePath(rules, Optional.of(this), RuleIndex.below(text, key)));
    }

    RulePath element(XmlName name) {
        var known = elements.get(name);
        return known != null ? known : elements.computeIfAbsent(name, key -> step(rules.written(key)));
    }

    /** Return the path of an attribute by its name in a document. */
    RulePath attribute(XmlName name) {
        var known = attributes.get(name);
        return known != null ? known : attributes.computeIfAbsent(name, key -> step("@" + rules.written(key)));
    }

    /** Return the path that an attribute is compared at: for an alias, that of the attribute it stands for. */
    RulePath compared() {
        return alias.isEmpty() || parent.isEmpty()
                ? this
                : parent.get().step("@" + alias.get().attribute());
    }

    /** Return whether the host may fill in a value here that is kept although it is not declared. */
    boolean isFillable() {
        return !isRoot()
                && switch (fill()) {
                    case UndeclaredValue.Chosen chosen -> true;
                    case UndeclaredValue.Others others -> true;
                    case UndeclaredValue.Nobody nobody -> false;
                    case UndeclaredValue.Constant constant -> false;
                    case UndeclaredValue.Momentary momentary -> false;
                };
    }

    /** Return whether the host writes this value when nothing is declared. */
    boolean isConstant(String canonical) {
        return fill() instanceof UndeclaredValue.Constant(String value)
                && rule.canon().apply(value).equals(canonical);
    }

    /** Return whether each child of an element has its own owner: a child that is no longer declared goes, others stay. */
    boolean isShared(Element element) {
        return fill() instanceof UndeclaredValue.Others
                && element.children().stream()
                        .anyMatch(child -> element(child.name()).fill() instanceof UndeclaredValue.Others);
    }

    /** Return whether a text is secret by the rule of its path, or of a parent. */
    boolean isSecret(String value) {
        return !isRoot()
                && (rule.secret().filter(secret -> secret.test(value)).isPresent()
                        || parent.orElseThrow().isSecret(value));
    }
}
