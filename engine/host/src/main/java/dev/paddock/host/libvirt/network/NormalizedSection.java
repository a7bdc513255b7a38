package dev.paddock.host.libvirt.network;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of a network's document in normalized form: parts that libvirt treats as the same are equal. */
record NormalizedSection(String name, Map<XmlName, String> attributes, Set<NormalizedSection> children, String text) {
    /** A momentary count that libvirt writes into live documents. */
    private static final XmlName CONNECTIONS = XmlName.of("connections");

    static NormalizedSection of(Element element) {
        return new NormalizedSection(
                element.name().local(),
                element.attributes().entrySet().stream()
                        .filter(attribute -> !attribute.getKey().equals(CONNECTIONS))
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, attribute -> canonical(attribute.getValue()))),
                element.children().stream().map(NormalizedSection::of).collect(Collectors.toUnmodifiableSet()),
                element.text().strip());
    }

    /** Return whether this part contains everything in the other. */
    boolean covers(NormalizedSection other) {
        return name.equals(other.name)
                && text.equals(other.text)
                && attributes.entrySet().containsAll(other.attributes.entrySet())
                && other.children.stream().allMatch(wanted -> children.stream().anyMatch(own -> own.covers(wanted)));
    }

    /** Return the parts of a network's document that belong to a section of virNetworkUpdate. */
    static List<NormalizedSection> of(Element network, Section section) {
        var path =
                switch (section) {
                    case IP_DHCP_HOST -> List.of("ip", "dhcp", "host");
                    case IP_DHCP_RANGE -> List.of("ip", "dhcp", "range");
                    case FORWARD_INTERFACE -> List.of("forward", "interface");
                    case PORTGROUP -> List.of("portgroup");
                    case DNS_HOST -> List.of("dns", "host");
                    case DNS_TXT -> List.of("dns", "txt");
                    case DNS_SRV -> List.of("dns", "srv");
                };
        var found = Stream.of(network);
        for (var step : path) {
            found = found.flatMap(parent -> parent.children(step).stream());
        }
        return found.map(NormalizedSection::of).toList();
    }

    /** MAC addresses are equal in either case, and IPv6 addresses in any spelling. */
    private static String canonical(String value) {
        if (!value.contains(":")) {
            return value;
        }
        return IpAddress.parse(value).map(IpAddress::toString).orElseGet(() -> value.toLowerCase(Locale.ROOT));
    }
}
