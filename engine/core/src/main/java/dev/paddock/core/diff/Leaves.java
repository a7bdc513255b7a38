package dev.paddock.core.diff;

import static dev.paddock.core.diff.RuleBook.below;

import dev.paddock.api.rule.Alias;
import dev.paddock.api.rule.Fill;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes of an element in the words that it is compared in, and what a whole element holds. */
final class Leaves {
    private final RuleBook book;

    Leaves(RuleBook book) {
        this.book = book;
    }

    /**
     * An attribute.
     *
     * @param spelled its name in the document
     * @param text its value in the document
     * @param canonical the form in which it compares
     */
    record Leaf(Name spelled, String text, String canonical) {}

    /** Return the attributes by the name they are compared as. */
    Map<String, Leaf> attributes(String pattern, Element element) {
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        element.attributes().forEach((name, text) -> {
            var written = book.written(name);
            var alias = book.alias(below(pattern, "@" + written));
            leaves.computeIfAbsent(compared(alias, written), compared -> leaf(pattern, name, text, alias, compared));
        });
        return leaves;
    }

    /** Return the attribute that is compared as this. */
    Optional<Leaf> attribute(String pattern, Element element, String wanted) {
        for (var attribute : element.attributes().entrySet()) {
            var written = book.written(attribute.getKey());
            var alias = book.alias(below(pattern, "@" + written));
            if (compared(alias, written).equals(wanted)) {
                return Optional.of(leaf(pattern, attribute.getKey(), attribute.getValue(), alias, wanted));
            }
        }
        return Optional.empty();
    }

    private static String compared(Optional<Alias> alias, String written) {
        return alias.map(Alias::attribute).orElse(written);
    }

    private Leaf leaf(String pattern, Name name, String text, Optional<Alias> alias, String compared) {
        var translated = alias.map(found -> found.canon().apply(text)).orElse(text);
        var canon = book.rule(below(pattern, "@" + compared)).canon();
        return new Leaf(name, text, canon.apply(translated));
    }

    String text(String pattern, Element element) {
        return book.rule(pattern).canon().apply(element.text());
    }

    /** Return every leaf below, each as one text of where and what; momentary ones left out. */
    List<String> all(String pattern, Element element) {
        var found = new ArrayList<String>();
        collect(pattern, element, "", found);
        return found;
    }

    private void collect(String pattern, Element element, String at, List<String> found) {
        if (isOutside(book.rule(pattern).fill())) {
            return;
        }
        attributes(pattern, element).forEach((name, leaf) -> {
            var fill = book.rule(below(pattern, "@" + name)).fill();
            var constant = fill instanceof Fill.Constant(String value)
                    && book.rule(below(pattern, "@" + name))
                            .canon()
                            .apply(value)
                            .equals(leaf.canonical());
            if (!isOutside(fill) && !constant) {
                found.add(at + "/@" + name + "=" + leaf.canonical());
            }
        });
        var text = text(pattern, element);
        if (element.children().isEmpty()) {
            found.add(at + "=" + text);
        }
        for (var child : element.children()) {
            var name = book.written(child.name());
            collect(below(pattern, name), child, at + "/" + name, found);
        }
    }

    private static boolean isOutside(Fill fill) {
        return switch (fill) {
            case Fill.Momentary momentary -> true;
            case Fill.Others others -> true;
            case Fill.Nobody nobody -> false;
            case Fill.Constant constant -> false;
            case Fill.Chosen chosen -> false;
        };
    }
}
