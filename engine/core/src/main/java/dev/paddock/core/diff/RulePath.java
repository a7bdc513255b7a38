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
 * A path of a kind's documents, with what the rules say of it. Of each path there is one, which is found from the one
 * above: documents are walked by the thousand, and no text is put together on the way.
 */
final class RulePath {
    private final RuleIndex book;
    private final Optional<RulePath> above;
    private final String text;
    private final Rule rule;
    private final Optional<ListMatch> siblings;
    private final Optional<Alias> alias;
    private final Map<String, RulePath> steps = new ConcurrentHashMap<>();
    private final Map<XmlName, RulePath> elements = new ConcurrentHashMap<>();
    private final Map<XmlName, RulePath> attributes = new ConcurrentHashMap<>();

    RulePath(RuleIndex book, Optional<RulePath> above, String text) {
        this.book = book;
        this.above = above;
        this.text = text;
        this.rule = book.rule(text);
        this.siblings = book.siblings(text);
        this.alias = book.alias(text);
    }

    /** Return the path as rules write it; empty for the root. */
    String text() {
        return text;
    }

    /** Return the last part of it. */
    String step() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    boolean isRoot() {
        return above.isEmpty();
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

    /** Return the path below it: the name of an element as rules write it, or of an attribute after {@code @}. */
    RulePath step(String step) {
        var known = steps.get(step);
        return known != null
                ? known
                : steps.computeIfAbsent(
                        step, wanted -> new RulePath(book, Optional.of(this), RuleIndex.below(text, wanted)));
    }

    RulePath element(XmlName name) {
        var known = elements.get(name);
        return known != null ? known : elements.computeIfAbsent(name, wanted -> step(book.written(wanted)));
    }

    /** Return the path of an attribute under the name that it has in a document. */
    RulePath attribute(XmlName name) {
        var known = attributes.get(name);
        return known != null ? known : attributes.computeIfAbsent(name, wanted -> step("@" + book.written(wanted)));
    }

    /** Return the path that an attribute is compared at: where it is another spelling, that of the first. */
    RulePath compared() {
        return alias.isEmpty() || above.isEmpty()
                ? this
                : above.get().step("@" + alias.get().attribute());
    }

    /** Return whether the host may have a value here that nobody declared, and that stays. */
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

    /** Return whether this is what the host writes when nothing is declared. */
    boolean isConstant(String canonical) {
        return fill() instanceof UndeclaredValue.Constant(String value)
                && rule.canon().apply(value).equals(canonical);
    }

    /** Return whether an element belongs to others piece by piece: what one declared and withdrew goes, the rest stays. */
    boolean isShared(Element element) {
        return fill() instanceof UndeclaredValue.Others
                && element.children().stream()
                        .anyMatch(child -> element(child.name()).fill() instanceof UndeclaredValue.Others);
    }

    /** Return whether a text is shown to nobody: by the rule of its path, or of one above. */
    boolean isSecret(String value) {
        return !isRoot()
                && (rule.secret().filter(secret -> secret.test(value)).isPresent()
                        || above.orElseThrow().isSecret(value));
    }
}
