package dev.paddock.nwfilter.protocol;

import dev.paddock.api.xml.Element;
import java.util.Map;

/**
 * The attribute {@code protocolid} of an element that implies it, such as {@code <rarp protocolid='rarp'/>}. Existing
 * documents contain it; libvirt's parser ignores it, and its schema rejects it.
 */
public final class ImpliedProtocolId {
    private static final String ATTRIBUTE = "protocolid";
    private static final Map<String, String> FRAMES =
            Map.of("arp", "arp", "rarp", "rarp", "ip", "ipv4", "ipv6", "ipv6");

    private ImpliedProtocolId() {}

    /** Return the filter without the attribute where the element implies it. */
    public static Element without(Element filter) {
        return filter.withChildren(filter.children().stream()
                .map(child -> child.is("rule") ? rule(child) : child)
                .toList());
    }

    private static Element rule(Element rule) {
        return rule.withChildren(rule.children().stream()
                .map(protocol -> says(protocol) ? protocol.withoutAttribute(ATTRIBUTE) : protocol)
                .toList());
    }

    private static boolean says(Element protocol) {
        var own = FRAMES.get(protocol.name().local());
        var given = protocol.attribute(ATTRIBUTE).map(NumberFormats.FRAME.canon()::apply);
        return own != null && given.filter(own::equals).isPresent();
    }
}
