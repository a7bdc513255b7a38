package dev.paddock.core.diff;

import dev.paddock.api.rule.UndeclaredValue;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merges a declared document into an observed one.
 *
 * <p>The result has everything that is declared, what the host chose and what has other owners, and nothing else.
 */
public final class Overlay {
    private final RuleIndex rules;
    private final ElementMatcher matcher;

    public Overlay(RuleIndex rules) {
        this.rules = rules;
        this.matcher = new ElementMatcher(rules);
    }

    /**
     * Return the document to give to libvirt.
     *
     * @param declaredBefore as in {@link Differ#differences}: values with other owners that were declared then are removed
     */
    public Element lay(Element desired, Element observed, Set<String> declaredBefore) {
        return merge(DocumentPath.ROOT, rules.root(), desired, observed, declaredBefore);
    }

    private Element merge(DocumentPath at, RulePath path, Element desired, Element observed, Set<String> before) {
        Map<XmlName, String> attributes = new LinkedHashMap<>(desired.attributes());
        var declared = LeafValues.attributes(path, desired);
        LeafValues.attributes(path, observed).forEach((inner, leaf) -> {
            var own = declared.get(inner);
            if (own == null && isKept(inner, at.below(PathStep.attribute(leaf.spelled())), before)) {
                attributes.put(leaf.spelled(), leaf.text());
            }
            if (own != null && isMatch(inner, own.canonical(), leaf.canonical())) {
                attributes.put(own.spelled(), leaf.text());
            }
        });
        List<Element> children = new ArrayList<>();
        for (var pair : matcher.children(path, desired, observed)) {
            var inner = path.element(pair.either().name());
            var location = at.below(pair.step());
            if (pair.desired().isPresent()) {
                children.add(pair.observed()
                        .map(other -> merge(location, inner, pair.desired().get(), other, before))
                        .orElse(pair.desired().get()));
            } else {
                kept(location, inner, pair.observed().orElseThrow(), before).ifPresent(children::add);
            }
        }
        return new Element(
                desired.name(), attributes, children, children.isEmpty() ? text(path, desired, observed) : "");
    }

    private static String text(RulePath path, Element desired, Element observed) {
        return isMatch(path, LeafValues.text(path, desired), LeafValues.text(path, observed))
                ? observed.text()
                : desired.text();
    }

    /** A value that matches without being equal is one of several that the declared one stands for, and is kept. */
    private static boolean isMatch(RulePath path, String declared, String observed) {
        return !declared.equals(observed) && path.rule().match().holds(declared, observed);
    }

    /** Return the part of an undeclared element that is kept. */
    private Optional<Element> kept(DocumentPath at, RulePath path, Element observed, Set<String> before) {
        var isDrift = path.fill() instanceof UndeclaredValue.Chosen && ElementContent.isDrift(path, observed);
        if (!isDrift && isKept(path, at, before) && !path.isShared(observed)) {
            return Optional.of(observed);
        }
        if (path.siblings().isPresent()) {
            // A list item is removed as a whole, with the values that libvirt chose for it.
            return Optional.empty();
        }
        if (observed.children().isEmpty() && !observed.text().isBlank()) {
            // Its attributes describe the text, which is removed.
            return Optional.empty();
        }
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        LeafValues.attributes(path, observed).forEach((inner, leaf) -> {
            // What libvirt made is kept as it made it, with the values that are its defaults.
            if (isKept(inner, at.below(PathStep.attribute(leaf.spelled())), before)
                    || (isDrift && inner.isConstant(leaf.canonical()))) {
                attributes.put(leaf.spelled(), leaf.text());
            }
        });
        var children = observed.children().stream()
                .flatMap(child ->
                        kept(at.below(PathStep.of(rules.step(child.name()))), path.element(child.name()), child, before)
                                .stream())
                .toList();
        return attributes.isEmpty() && children.isEmpty()
                ? Optional.empty()
                : Optional.of(new Element(observed.name(), attributes, children, ""));
    }

    private static boolean isKept(RulePath path, DocumentPath at, Set<String> declaredBefore) {
        return switch (path.fill()) {
            case UndeclaredValue.Chosen chosen -> true;
            case UndeclaredValue.Others others -> !at.isIn(declaredBefore);
            case UndeclaredValue.Nobody nobody -> false;
            case UndeclaredValue.Constant constant -> false;
            case UndeclaredValue.Momentary momentary -> false;
        };
    }
}
