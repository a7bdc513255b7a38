package dev.paddock.nwfilter.document;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import dev.paddock.nwfilter.protocol.Addresses;
import dev.paddock.nwfilter.protocol.ImpliedProtocolId;
import dev.paddock.nwfilter.protocol.Protocol;
import dev.paddock.nwfilter.protocol.Protocols;
import dev.paddock.nwfilter.protocol.Variable;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Brings a filter into the form in which rules are compared attribute by attribute, and which libvirt's schema accepts.
 */
public final class NormalForm {
    private NormalForm() {}

    public static Element of(Element filter) {
        return FilterChain.normal(filter).withChildren(written(filter).children());
    }

    /** Return a filter that libvirt wrote in a form that libvirt accepts: its schema rejects some of its own output. */
    static Element written(Element filter) {
        return filter.withChildren(ImpliedProtocolId.without(filter).children().stream()
                .map(child -> child.is("rule") ? rule(child) : child)
                .toList());
    }

    private static Element rule(Element rule) {
        if (rule.children().isEmpty()) {
            return rule;
        }
        var first = rule.children().getFirst();
        var known = Protocols.named(first.name().local()).filter(protocol -> first.is(protocol.name()));
        var alike = rule.children().stream().allMatch(child -> child.name().equals(first.name()));
        return known.isEmpty() || !alike ? rule : rule.withChildren(merged(known.get(), rule.children()));
    }

    /** Several elements that no single one can replace stay as they are: they were defined without validation. */
    private static List<Element> merged(Protocol protocol, List<Element> elements) {
        var meaning = Negation.of(protocol, elements);
        var single = meaning.asElement(protocol);
        return Negation.of(protocol, List.of(single)).equals(meaning) ? List.of(readable(protocol, single)) : elements;
    }

    /**
     * libvirt 9.0 reads this one IPv6 address as IPv4. So it writes a mapped address as an IPv4 address, which its own
     * schema then rejects.
     */
    private static Element readable(Protocol protocol, Element element) {
        var end = XmlName.of("dstipto");
        var value = element.attributes().get(end);
        var six = protocol.attribute("dstipto").filter(known -> known.notation().equals(Addresses.IPV6));
        if (value == null || six.isEmpty() || Variable.is(value) || value.contains(":")) {
            return element;
        }
        var changed = new LinkedHashMap<>(element.attributes());
        changed.put(end, "::ffff:" + value);
        return element.withAttributes(changed);
    }
}
