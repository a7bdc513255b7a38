package dev.paddock.core.diff;

import static dev.paddock.core.diff.RuleIndex.below;

import dev.paddock.api.rule.Rules;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps from sight what the rules of a kind call sensitive, wherever it came from: a playbook, whether it says
 * {@code !secret} or not, or the host.
 */
public final class SecretMask {
    /** What stands in the place of what is not shown. */
    public static final String SHOWN = "(sensitive value)";

    private final RuleIndex book;

    public SecretMask(Rules rules) {
        this(new RuleIndex(rules));
    }

    SecretMask(RuleIndex book) {
        this.book = book;
    }

    /**
     * A document without its secrets.
     *
     * @param paths where they stood
     */
    public record Rest(Element document, List<String> paths) {
        public Rest {
            paths = List.copyOf(paths);
        }
    }

    /** Return the document with every secret replaced. */
    public Element hidden(Element document) {
        return hidden(book.root(), document);
    }

    /** Return the document with every secret left out, and where that was. */
    public Rest without(Element document) {
        List<String> paths = new ArrayList<>();
        return new Rest(without("", book.root(), document, paths).orElse(document), paths);
    }

    static Optional<String> hidden(RulePath path, Optional<String> text) {
        return text.map(found -> path.isSecret(found) ? SHOWN : found);
    }

    Element hidden(RulePath path, Element element) {
        if (!book.hasSecrets()) {
            return element;
        }
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        element.attributes()
                .forEach((name, text) ->
                        attributes.put(name, path.attribute(name).isSecret(text) ? SHOWN : text));
        var children = element.children().stream()
                .map(child -> hidden(path.element(child.name()), child))
                .toList();
        var isHidden = !element.text().isEmpty() && path.isSecret(element.text());
        return new Element(element.name(), attributes, children, isHidden ? SHOWN : element.text());
    }

    private Optional<Element> without(String at, RulePath path, Element element, List<String> paths) {
        var isLeaf = element.children().isEmpty() && !element.text().isEmpty();
        if (isLeaf && path.isSecret(element.text())) {
            paths.add(at);
            return Optional.empty();
        }
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, text) -> {
            var inner = path.attribute(name);
            if (inner.isSecret(text)) {
                paths.add(below(at, inner.step()));
            } else {
                attributes.put(name, text);
            }
        });
        List<Element> children = new ArrayList<>();
        for (var i = 0; i < element.children().size(); i++) {
            var child = element.children().get(i);
            without(below(at, book.step(child.name()) + position(element, i)), path.element(child.name()), child, paths)
                    .ifPresent(children::add);
        }
        if (children.isEmpty() && attributes.isEmpty() && !element.children().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Element(element.name(), attributes, children, element.text()));
    }

    /** Return the place among those of its name, as XPath counts; nothing where it is alone. */
    private static String position(Element parent, int index) {
        var name = parent.children().get(index).name();
        var count = parent.children().stream()
                .filter(other -> other.name().equals(name))
                .count();
        var before = parent.children().subList(0, index).stream()
                .filter(other -> other.name().equals(name))
                .count();
        return count > 1 ? "[" + (before + 1) + "]" : "";
    }
}
