package dev.paddock.host.validate;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds what in a document violates its schema, by leaving parts out.
 *
 * <p>For most errors, libxml2 only reports "Extra element ip in interleave", however deep inside {@code ip} the error
 * is. So the document is rebuilt part by part, and each part that makes it invalid is reported by its path.
 */
final class SchemaErrorLocator {
    private static final int LONGEST = 80;

    private SchemaErrorLocator() {}

    /** Return a sentence for each part that is not accepted; empty if none can be identified. */
    static List<String> of(Element document, Predicate<Element> valid) {
        var named =
                document.children().stream().filter(child -> child.is("name")).toList();
        var bare = document.withChildren(named);
        if (!valid.test(bare)) {
            return attribute(bare, "", valid).stream().toList();
        }
        return among(
                bare,
                document.children().stream().filter(child -> !child.is("name")).toList(),
                "",
                valid);
    }

    /** Return the invalid parts among the children to add to a valid parent. */
    private static List<String> among(Element parent, List<Element> children, String path, Predicate<Element> valid) {
        List<String> culprits = new ArrayList<>();
        var kept = parent;
        for (var child : children) {
            var candidate = kept.plus(child);
            if (valid.test(candidate)) {
                kept = candidate;
            } else {
                var good = kept;
                culprits.addAll(within(child, path + child.name(), part -> valid.test(good.plus(part))));
            }
        }
        return culprits;
    }

    private static List<String> within(Element element, String path, Predicate<Element> valid) {
        var attribute = attribute(element, path + "/", valid);
        if (attribute.isPresent()) {
            return List.of(attribute.get());
        }
        var bare = element.withChildren(List.of());
        if (!element.children().isEmpty() && valid.test(bare)) {
            return among(bare, element.children(), path + "/", valid);
        }
        for (var i = 0; i < element.children().size(); i++) {
            var others = new ArrayList<>(element.children());
            var child = others.remove(i);
            if (valid.test(element.withChildren(others))) {
                var place = i;
                return within(child, path + "/" + child.name(), part -> {
                    var all = new ArrayList<>(others);
                    all.add(place, part);
                    return valid.test(element.withChildren(all));
                });
            }
        }
        return List.of(path + ": " + shown(element) + " is not accepted here.");
    }

    private static Optional<String> attribute(Element element, String path, Predicate<Element> valid) {
        return element.attributes().keySet().stream()
                .filter(name -> valid.test(without(element, name)))
                .findFirst()
                .map(name -> path + "@" + name + ": "
                        + shown(name, String.valueOf(element.attributes().get(name))) + " is not accepted here.");
    }

    private static Element without(Element element, XmlName attribute) {
        var others = new LinkedHashMap<>(element.attributes());
        others.remove(attribute);
        return element.withAttributes(others);
    }

    private static String shown(Element element) {
        var text = new StringBuilder("<").append(element.name());
        element.attributes()
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(shown(name, value)));
        text.append('>');
        if (!element.text().isBlank()) {
            text.append(shortened(element.text().strip()));
        }
        return text.toString();
    }

    /** Attributes can be passwords, which messages must not contain. */
    private static String shown(XmlName name, String value) {
        return name.local().toLowerCase(Locale.ROOT).contains("passw") ? "the value" : "'" + shortened(value) + "'";
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
    }
}
