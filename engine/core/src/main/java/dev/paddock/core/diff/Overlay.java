package dev.paddock.core.diff;

import dev.paddock.api.rule.Fill;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
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
    private final RuleBook book;
    private final Pairing pairing;

    public Overlay(RuleBook book) {
        this.book = book;
        this.pairing = new Pairing(book);
    }

    /**
     * Return the document to give to libvirt.
     *
     * @param declaredBefore as in {@link Differ#differences}: what belongs to others but was once declared here, goes
     */
    public Element lay(Element desired, Element observed, Set<String> declaredBefore) {
        return over(At.ROOT, book.root(), desired, observed, declaredBefore);
    }

    private Element over(At at, RuledPath path, Element desired, Element observed, Set<String> before) {
        Map<Name, String> attributes = new LinkedHashMap<>(desired.attributes());
        var declared = Leaves.attributes(path, desired);
        Leaves.attributes(path, observed).forEach((inner, leaf) -> {
            var own = declared.get(inner);
            if (own == null && isKept(inner, at.below(Step.attribute(leaf.spelled())), before)) {
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

    private static String text(RuledPath path, Element desired, Element observed) {
        return isMatch(path, Leaves.text(path, desired), Leaves.text(path, observed))
                ? observed.text()
                : desired.text();
    }

    /** What matches without being equal is one of several values that the declared one stands for, and stays. */
    private static boolean isMatch(RuledPath path, String declared, String observed) {
        return !declared.equals(observed) && path.rule().match().holds(declared, observed);
    }

    /** Return the part of an undeclared element that stays. */
    private Optional<Element> kept(At at, RuledPath path, Element observed, Set<String> before) {
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
        Map<Name, String> attributes = new LinkedHashMap<>();
        Leaves.attributes(path, observed).forEach((inner, leaf) -> {
            if (isKept(inner, at.below(Step.attribute(leaf.spelled())), before)) {
                attributes.put(leaf.spelled(), leaf.text());
            }
        });
        var children = observed.children().stream()
                .flatMap(child ->
                        kept(at.below(Step.of(book.step(child.name()))), path.element(child.name()), child, before)
                                .stream())
                .toList();
        return attributes.isEmpty() && children.isEmpty()
                ? Optional.empty()
                : Optional.of(new Element(observed.name(), attributes, children, ""));
    }

    private static boolean isKept(RuledPath path, At at, Set<String> declaredBefore) {
        return switch (path.fill()) {
            case Fill.Chosen chosen -> true;
            case Fill.Others others -> !at.isIn(declaredBefore);
            case Fill.Nobody nobody -> false;
            case Fill.Constant constant -> false;
            case Fill.Momentary momentary -> false;
        };
    }
}
