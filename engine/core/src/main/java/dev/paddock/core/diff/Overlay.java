package dev.paddock.core.diff;

import static dev.paddock.core.diff.RuleBook.below;

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
    private final Leaves leaves;
    private final Pairing pairing;

    public Overlay(RuleBook book) {
        this.book = book;
        this.leaves = new Leaves(book);
        this.pairing = new Pairing(book);
    }

    /**
     * Return the document to give to libvirt.
     *
     * @param declaredBefore as in {@link Differ#differences}: what belongs to others but was once declared here, goes
     */
    public Element lay(Element desired, Element observed, Set<String> declaredBefore) {
        return over(At.ROOT, "", desired, observed, declaredBefore);
    }

    private Element over(At path, String pattern, Element desired, Element observed, Set<String> before) {
        Map<Name, String> attributes = new LinkedHashMap<>(desired.attributes());
        var declared = leaves.attributes(pattern, desired);
        leaves.attributes(pattern, observed).forEach((name, leaf) -> {
            if (!declared.containsKey(name)
                    && isKept(below(pattern, "@" + name), path.below("@" + leaf.spelled()), before)) {
                attributes.put(leaf.spelled(), leaf.text());
            }
            var own = declared.get(name);
            if (own != null && isMatch(below(pattern, "@" + name), own.canonical(), leaf.canonical())) {
                attributes.put(own.spelled(), leaf.text());
            }
        });
        List<Element> children = new ArrayList<>();
        for (var pair : pairing.children(pattern, desired, observed)) {
            var inner = below(pattern, book.written(pair.either().name()));
            var at = path.below(pair.step(), pair.lasting());
            if (pair.desired().isPresent()) {
                children.add(pair.observed()
                        .map(other -> over(at, inner, pair.desired().get(), other, before))
                        .orElse(pair.desired().get()));
            } else {
                kept(at, inner, pair.observed().orElseThrow(), before).ifPresent(children::add);
            }
        }
        return new Element(
                desired.name(), attributes, children, children.isEmpty() ? text(pattern, desired, observed) : "");
    }

    private String text(String pattern, Element desired, Element observed) {
        return isMatch(pattern, leaves.text(pattern, desired), leaves.text(pattern, observed))
                ? observed.text()
                : desired.text();
    }

    /** What matches without being equal is one of several values that the declared one stands for, and stays. */
    private boolean isMatch(String pattern, String declared, String observed) {
        return !declared.equals(observed) && book.rule(pattern).match().holds(declared, observed);
    }

    /** Return the part of an undeclared element that stays. */
    private Optional<Element> kept(At path, String pattern, Element observed, Set<String> before) {
        if (isKept(pattern, path, before) && !book.isShared(pattern, observed)) {
            return Optional.of(observed);
        }
        if (book.siblings(pattern).isPresent()) {
            // One of several goes as a whole, with what libvirt chose for it.
            return Optional.empty();
        }
        if (observed.children().isEmpty() && !observed.text().isBlank()) {
            // What its attributes say, they say of the text.
            return Optional.empty();
        }
        Map<Name, String> attributes = new LinkedHashMap<>();
        leaves.attributes(pattern, observed).forEach((name, leaf) -> {
            if (isKept(below(pattern, "@" + name), path.below("@" + leaf.spelled()), before)) {
                attributes.put(leaf.spelled(), leaf.text());
            }
        });
        var children = observed.children().stream()
                .flatMap(child -> kept(
                        path.below(book.step(child.name())), below(pattern, book.written(child.name())), child, before)
                        .stream())
                .toList();
        return attributes.isEmpty() && children.isEmpty()
                ? Optional.empty()
                : Optional.of(new Element(observed.name(), attributes, children, ""));
    }

    private boolean isKept(String pattern, At path, Set<String> declaredBefore) {
        return switch (book.rule(pattern).fill()) {
            case Fill.Chosen chosen -> true;
            case Fill.Others others -> !path.isIn(declaredBefore);
            case Fill.Nobody nobody -> false;
            case Fill.Constant constant -> false;
            case Fill.Momentary momentary -> false;
        };
    }
}
