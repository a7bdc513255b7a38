package dev.paddock.network;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import dev.paddock.network.compare.CanonicalValues;
import dev.paddock.network.compare.NormalizedNetwork;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Networks in a form that is equal when they say the same, whatever the order of what has none. */
public final class NetworkComparison {
    private NetworkComparison() {}

    public static Element of(Element network) {
        return sorted(CanonicalValues.of("", NormalizedNetwork.of(network)));
    }

    private static Element sorted(Element element) {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> {
            if (name.local().equals("netmask")) {
                attributes.put(XmlName.of("prefix"), Normalizers.PREFIX.apply(value));
            } else {
                attributes.put(name, value);
            }
        });
        return element.withAttributes(attributes)
                .withText(element.text().strip())
                .withChildren(element.children().stream()
                        .map(NetworkComparison::sorted)
                        .filter(child -> !(child.attributes().isEmpty()
                                && child.children().isEmpty()
                                && child.text().isEmpty()))
                        .sorted(Comparator.comparing(child -> child.name().local()))
                        .toList());
    }
}
