package dev.paddock.nwfilter.document;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import dev.paddock.nwfilter.protocol.Attribute;
import dev.paddock.nwfilter.protocol.Protocol;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What libvirt reads from the elements of one protocol in a rule: the attributes that it keeps, and which of them are
 * negated.
 *
 * <p>{@code match='no'} negates a whole element, but does not reach all attributes: some take their negation from
 * another attribute, and are not negated if that one is missing. libvirt writes a rule with both negated and plain
 * attributes as several elements of the same name, which its own schema then rejects. So Paddock has to read both
 * forms, and write the form with a single element.
 */
public record Negation(Map<XmlName, String> attributes, Set<String> negated) {
    public static final String MATCH = "match";

    /** Read the elements in order. The last value of a repeated attribute counts. */
    public static Negation of(Protocol protocol, List<Element> elements) {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        Map<String, Boolean> given = new HashMap<>();
        for (var element : elements) {
            var no = element.attribute(MATCH).filter("no"::equals).isPresent();
            element.attributes().forEach((name, value) -> {
                if (!name.equals(XmlName.of(MATCH)) && keeps(protocol, name)) {
                    attributes.put(name, value);
                    given.put(name.local(), no);
                }
            });
        }
        Set<String> negated = new LinkedHashSet<>();
        for (var attribute : protocol.attributes()) {
            var deciding = attribute.leader().orElse(attribute.name());
            if (given.containsKey(attribute.name()) && given.getOrDefault(deciding, false)) {
                negated.add(attribute.name());
            }
        }
        return new Negation(attributes, negated);
    }

    /**
     * Return a single element with all attributes. It may mean something else: compare with the result of {@link #of}.
     */
    Element asElement(Protocol protocol) {
        Map<XmlName, String> all = new LinkedHashMap<>();
        if (!negated.isEmpty()) {
            all.put(XmlName.of(MATCH), "no");
        }
        all.putAll(attributes);
        return Element.of(protocol.name()).withAttributes(all);
    }

    private static boolean keeps(Protocol protocol, XmlName name) {
        return protocol.attribute(name.local()).map(Attribute::kept).orElse(true);
    }
}
