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
 * Masks values that the rules of a kind call sensitive, whether they come from the host or from a playbook, with or without
 * {@code !secret}.
 */
public final class SecretMask {
    /** The text that replaces a secret. */
    public static final String SHOWN = "(sensitive value)";

    private final RuleIndex rules;

    public SecretMask(Rules rules) {
        this(new RuleIndex(rules));
    }

    SecretMask(RuleIndex rules) {
        this.rules = rules;
    }

    /**
     * A document without its secrets.
     *
     * @param paths the paths of the secrets
     */
    public record Rest(Element document, List<String> paths) {
        public Rest {
            paths = List.copyOf(paths);
        }
    }

    /** Return the document with every secret replaced. */
    public Element hidden(Element document) {
        return hidden(rules.root(), document);
    }

    /** Return the document without its secrets, and their paths. */
    public Rest without(Element document) {
        List<String> paths = new ArrayList<>();
        return new Rest(without("", rules.root(), document, paths).orElse(document), paths);
    }

    static Optional<String> hidden(RulePath path, Optional<String> text) {
        return text.map(found -> path.isSecret(found) ? SHOWN : found);
    }

    Element hidden(RulePath path, Element element) {
        if (!rules.hasSecrets()) {
            return element;
        }
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        element.attributes()
                .forEach((name, text) ->
                        attributes.put(name, path.attribute(name).isSecret(text) ? SHOWN : text));
        var children = element.children().stream()
                .map(child -> hidden(path.element(child.name()), child))
                .toList();
        var isSecret = !element.text().isEmpty() && path.isSecret(element.text());
        return new Element(element.name(), attributes, children, isSecret ? SHOWN : element.text());
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
            without(
                            below(at, rules.step(child.name()) + position(element, i)),
                            path.element(child.name()),
                            child,
                            paths)
                    .ifPresent(children::add);
        }
        if (children.isEmpty() && attributes.isEmpty() && !element.children().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Element(element.name(), attributes, children, element.text()));
    }

    /** Return the position among the children of the same name, from 1; empty if the name is unique. */
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
