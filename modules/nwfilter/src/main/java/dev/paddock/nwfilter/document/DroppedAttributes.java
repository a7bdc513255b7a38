package dev.paddock.nwfilter.document;

import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.protocol.Attribute;
import dev.paddock.nwfilter.protocol.Comment;
import dev.paddock.nwfilter.protocol.IpAttributes;
import dev.paddock.nwfilter.protocol.Protocol;
import dev.paddock.nwfilter.protocol.Protocols;
import dev.paddock.nwfilter.protocol.Variable;
import java.util.ArrayList;
import java.util.List;

/** Finds the parts of a filter that libvirt's schema accepts and libvirt then drops. */
public final class DroppedAttributes {
    private DroppedAttributes() {}

    public static List<String> paths(Element filter) {
        List<String> paths = new ArrayList<>();
        filter.attribute("priority")
                .filter(priority -> !FilterChain.keepsPriority(filter.attribute("chain"), priority))
                .ifPresent(priority -> paths.add("@priority"));
        var position = 0;
        for (var rule : filter.children("rule")) {
            position++;
            var path = "rule[" + position + "]/";
            rule.attribute("priority")
                    .filter(priority -> !NwfilterRules.isNumber(priority))
                    .ifPresent(priority -> paths.add(path + "@priority"));
            for (var element : rule.children()) {
                Protocols.named(element.name().local()).ifPresent(protocol -> find(protocol, element, path, paths));
            }
        }
        return paths;
    }

    private static void find(Protocol protocol, Element element, String rule, List<String> paths) {
        var path = rule + protocol.name() + "/@";
        var meaning = Negation.of(protocol, List.of(element));
        if (element.attribute(Negation.MATCH).filter("no"::equals).isPresent()
                && meaning.negated().isEmpty()) {
            paths.add(path + Negation.MATCH);
        }
        for (var attribute : protocol.attributes()) {
            var value = element.attribute(attribute.name());
            if (value.isPresent() && (!attribute.kept() || isCut(attribute, value.get()))) {
                paths.add(path + attribute.name());
            }
        }
    }

    private static boolean isCut(Attribute attribute, String value) {
        return attribute.equals(IpAttributes.COMMENT) && !Variable.is(value) && Comment.isTooLong(value);
    }
}
