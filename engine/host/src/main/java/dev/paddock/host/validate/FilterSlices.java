package dev.paddock.host.validate;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlName;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Splits filters that libvirt's schema takes very long to check into slices that take no time.
 *
 * <p>The attributes of {@code <stp>} are optional one after the other, and libxml2 tries each with and without: every
 * further attribute doubles the time, 20 of them take minutes, and libvirtd does nothing else with filters meanwhile.
 * The attributes are independent, so a rule with many can be checked as several rules with a few.
 */
public final class FilterSlices {
    private static final int MOST_ATTRIBUTES = 8;

    private FilterSlices() {}

    /** Return the document in slices, if it needs any. */
    public static Optional<String> of(String xml) {
        if (!xml.contains("<stp")) {
            return Optional.empty();
        }
        try {
            var document = XmlReader.read(xml);
            var sliced = document.withChildren(
                    document.children().stream().flatMap(FilterSlices::rules).toList());
            return sliced.equals(document) ? Optional.empty() : Optional.of(XmlWriter.write(sliced));
        } catch (XmlException malformed) {
            return Optional.empty();
        }
    }

    /** Return rules that each have a part of the attributes of a protocol. */
    private static Stream<Element> rules(Element rule) {
        var first = rule.withChildren(
                rule.children().stream().map(FilterSlices::first).toList());
        var more = rule.children().stream()
                .filter(FilterSlices::isLong)
                .flatMap(child -> slices(child).skip(1))
                .map(slice -> rule.withChildren(List.of(slice)));
        return Stream.concat(Stream.of(first), more);
    }

    private static Element first(Element protocol) {
        return isLong(protocol) ? slices(protocol).findFirst().orElse(protocol) : protocol;
    }

    private static boolean isLong(Element protocol) {
        return protocol.is("stp") && protocol.attributes().size() > MOST_ATTRIBUTES;
    }

    private static Stream<Element> slices(Element element) {
        List<Map.Entry<XmlName, String>> all =
                new ArrayList<>(element.attributes().entrySet());
        return Stream.iterate(0, start -> start < all.size(), start -> start + MOST_ATTRIBUTES)
                .map(start -> {
                    Map<XmlName, String> some = new LinkedHashMap<>();
                    all.subList(start, Math.min(all.size(), start + MOST_ATTRIBUTES))
                            .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
                    return element.withAttributes(some);
                });
    }
}
