package dev.paddock.network;

import dev.paddock.api.rule.Canons;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Name;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Networks in a form that is equal when they say the same, whatever the order of what has none. */
final class Compared {
    private Compared() {}

    static Element of(Element network) {
        return sorted(Canonical.of("", ComparableNetwork.of(network)));
    }

    private static Element sorted(Element element) {
        Map<Name, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> {
            if (name.local().equals("netmask")) {
                attributes.put(Name.of("prefix"), Canons.PREFIX.apply(value));
            } else {
                attributes.put(name, value);
            }
        });
        return element.withAttributes(attributes)
                .withText(element.text().strip())
                .withChildren(element.children().stream()
                        .map(Compared::sorted)
                        .filter(child -> !(child.attributes().isEmpty()
                                && child.children().isEmpty()
                                && child.text().isEmpty()))
                        .sorted(Comparator.comparing(child -> child.name().local()))
                        .toList());
    }
}
