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
 * <p>{@code match='no'} stands for a whole element, but does not reach every attribute of it: some take their negation
 * from another attribute, and have none when that is not there. libvirt writes a rule in which some are negated and
 * some are not as several elements of the same name, which its own schema then refuses. So both forms have to be
 * understood, and the one of a single element has to be written.
 */
public record Negation(Map<XmlName, String> attributes, Set<String> negated) {
    public static final String MATCH = "match";

    /** Read the elements in order; of an attribute that is given again the last counts. */
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

    /** Return the element that says it all at once; whether it says the same is for {@link #of} to tell. */
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
