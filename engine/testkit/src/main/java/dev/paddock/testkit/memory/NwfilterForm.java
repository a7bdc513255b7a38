package dev.paddock.testkit.memory;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The form in which libvirt writes a filter back, whatever form it was given in. After virNWFilterDefFormat and the
 * attribute tables in libvirt 9.0's conf/nwfilter_conf.c.
 */
final class NwfilterForm {
    /** The priority of a chain is that of the protocol its name starts with. */
    private static final Map<String, String> PRIORITIES =
            ordered("mac", "-800", "vlan", "-750", "ipv4", "-700", "ipv6", "-600", "arp", "-500", "rarp", "-400");

    private static final Map<String, String> PROTOCOLS = Map.of(
            "1", "icmp", "2", "igmp", "6", "tcp", "17", "udp", "50", "esp", "51", "ah", "132", "sctp", "136",
            "udplite");
    private static final List<String> OPCODES = List.of(
            "",
            "Request",
            "Reply",
            "Request_Reverse",
            "Reply_Reverse",
            "DRARP_Request",
            "DRARP_Reply",
            "DRARP_Error",
            "InARP_Request",
            "ARP_NAK");
    private static final List<String> STATES = List.of("NEW", "ESTABLISHED", "RELATED", "INVALID", "NONE");

    private NwfilterForm() {}

    static Element of(Element given) {
        var chain = given.attribute("chain").orElse("root");
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        attributes.put(XmlName.of("name"), given.attribute("name").orElse(""));
        attributes.put(XmlName.of("chain"), chain);
        given.attribute("priority")
                .map(LeafFormat::number)
                .or(() -> PRIORITIES.entrySet().stream()
                        .filter(entry -> chain.startsWith(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .filter(priority -> !priority.equals("0"))
                .ifPresent(priority -> attributes.put(XmlName.of("priority"), priority));
        List<Element> children = new ArrayList<>();
        given.child("uuid")
                .ifPresent(
                        uuid -> children.add(uuid.withText(uuid.text().strip().toLowerCase(Locale.ROOT))));
        for (var child : given.children()) {
            if (child.is("rule")) {
                children.add(rule(child));
            } else if (child.is("filterref")) {
                children.add(reference(child));
            }
        }
        return new Element(given.name(), attributes, children, "");
    }

    private static Element rule(Element given) {
        var rule = given.withAttribute(
                "priority", LeafFormat.number(given.attribute("priority").orElse("500")));
        var statematch = rule.attribute("statematch")
                .map(value -> value.toLowerCase(Locale.ROOT))
                .orElse("true");
        rule = NetworkForm.without(rule, "statematch");
        if (statematch.equals("0") || statematch.equals("false")) {
            rule = rule.withAttribute("statematch", "false");
        }
        return rule.withChildren(
                rule.children().stream().map(NwfilterForm::protocol).toList());
    }

    /** Parameters are sorted by name; the values of one name keep their order, as they make a list. */
    private static Element reference(Element given) {
        var parameters = new ArrayList<>(given.children("parameter"));
        parameters.sort(
                Comparator.comparing(parameter -> parameter.attribute("name").orElse("")));
        return given.withChildren(List.copyOf(parameters));
    }

    private static Element protocol(Element given) {
        Map<XmlName, String> attributes = new LinkedHashMap<>();
        given.attributes().forEach((name, value) -> attributes.put(name, value(name.local(), value)));
        // A match that is said to hold is what libvirt takes for granted.
        if ("yes".equals(attributes.get(XmlName.of("match")))) {
            attributes.remove(XmlName.of("match"));
        }
        return given.withAttributes(attributes);
    }

    private static String value(String attribute, String value) {
        if (attribute.equals("comment")) {
            return value;
        }
        if (value.startsWith("$")) {
            return value.replace(" ", "").replace("[@0]", "");
        }
        if (attribute.matches(".*(macaddr|macmask|-address|-address-mask)")) {
            return LeafFormat.mac(value);
        }
        if (attribute.endsWith("ipmask")) {
            return LeafFormat.mask(value);
        }
        return switch (attribute) {
            case "protocol" -> PROTOCOLS.getOrDefault(LeafFormat.number(value), value);
            case "opcode" -> named(LeafFormat.number(value));
            case "gratuitous" -> value.matches("(?i)1|yes|true") ? "true" : "false";
            case "state" -> states(value);
            case "ipsetflags" -> value.toLowerCase(Locale.ROOT);
            default -> value.contains(":") ? LeafFormat.address(value) : LeafFormat.number(value);
        };
    }

    private static String named(String opcode) {
        return opcode.matches("[1-9]") ? OPCODES.get(Integer.parseInt(opcode)) : opcode;
    }

    private static String states(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .sorted(Comparator.comparingInt(STATES::indexOf))
                .collect(Collectors.joining(","));
    }

    private static Map<String, String> ordered(String... keyThenValue) {
        Map<String, String> map = new LinkedHashMap<>();
        for (var i = 0; i < keyThenValue.length; i += 2) {
            map.put(keyThenValue[i], keyThenValue[i + 1]);
        }
        return map;
    }
}
