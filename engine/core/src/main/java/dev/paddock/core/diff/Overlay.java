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
 * Lays a declared document over an observed one.
 *
 * <p>The result says all that is declared, keeps what the host chose and what belongs to others, and nothing else.
 */
public final class Overlay {
    private final RuleIndex book;
    private final ElementMatcher pairing;

    public Overlay(RuleIndex book) {
        this.book = book;
        this.pairing = new ElementMatcher(book);
    }

    /**
     * Return the document to give to libvirt.
     *
     * @param declaredBefore as in {@link Differ#differences}: what belongs to others but was once declared here, goes
     */
    public Element lay(Element desired, Element observed, Set<String> declaredBefore) {
        return over(DocumentPath.ROOT, book.root(), desired, observed, declaredBefore);
    }

    private Element over(DocumentPath at, RulePath path, Element desired, Element observed, Set<String> before) {
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
        for (var pair : pairing.children(path, desired, observed)) {
            var inner = path.element(pair.either().name());
            var place = at.below(pair.step());
            if (pair.desired().isPresent()) {
                children.add(pair.observed()
                        .map(other -> over(place, inner, pair.desired().get(), other, before))
                        .orElse(pair.desired().get()));
            } else {
                kept(place, inner, pair.observed().orElseThrow(), before).ifPresent(children::add);
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

    /** What matches without being equal is one of several values that the declared one stands for, and stays. */
    private static boolean isMatch(RulePath path, String declared, String observed) {
        return !declared.equals(observed) && path.rule().match().holds(declared, observed);
    }

    /** Return the part of an undeclared element that stays. */
    private Optional<Element> kept(DocumentPath at, RulePath path, Element observed, Set<String> before) {
        if (isKept(path, at, before) && !path.isShared(observed)) {
            return Optional.of(observed);
        }
        if (path.siblings().isPresent()) {
            // One of several goes as a whole, with what libvirt chose for it.
            return Optional.empty();
        }
        if (observed.children().isEmpty() && !observed.text().isBlank()) {
            // What its attributes say, they say of the text.
            return Optional.empty();
        }
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        LeafValues.attributes(path, observed).forEach((inner, leaf) -> {
            if (isKept(inner, at.below(PathStep.attribute(leaf.spelled())), before)) {
                attributes.put(leaf.spelled(), leaf.text());
            }
        });
        var children = observed.children().stream()
                .flatMap(child ->
                        kept(at.below(PathStep.of(book.step(child.name()))), path.element(child.name()), child, before)
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
