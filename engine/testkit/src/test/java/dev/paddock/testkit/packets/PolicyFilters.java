package dev.paddock.testkit.packets;

import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Random;

/** Filters drawn by seed, of rules that packets of a {@link RandomTraffic} have something to do with. */
final class PolicyFilters {
    private static final List<String> FRAMES = List.of("mac", "arp", "rarp", "ip", "ipv6", "vlan");
    private static final List<String> PACKETS =
            List.of("tcp", "udp", "icmp", "all", "esp", "ah", "tcp-ipv6", "udp-ipv6", "icmpv6", "all-ipv6");
    private static final List<String> CHAINS = List.of("root", "root", "root", "ipv4", "ipv4-a", "ipv6", "arp", "mac");
    private static final List<String> STOCK =
            List.of("clean-traffic", "no-mac-spoofing", "no-ip-spoofing", "no-arp-spoofing", "allow-dhcp", "allow-arp");

    private final Random random;

    private final boolean isStateless;

    /**
     * @param isStateless whether no rule asks for connections, as the kernel knows none at bridges
     */
    PolicyFilters(Random random, boolean isStateless) {
        this.random = random;
        this.isStateless = isStateless;
    }

    Element filter(String name) {
        var chain = of(CHAINS);
        var filter = Element.of("filter").withAttribute("name", name).withAttribute("chain", chain);
        if (chain.equals("root") && random.nextInt(4) == 0) {
            filter = filter.plus(Element.of("filterref").withAttribute("filter", of(STOCK)));
        }
        var size = 1 + random.nextInt(8);
        for (var i = 0; i < size; i++) {
            filter = filter.plus(rule(chain));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.plus(Element.of("rule")
                    .withAttribute("action", of(List.of("drop", "reject")))
                    .withAttribute("direction", "inout")
                    .withAttribute("priority", "1000")
                    .plus(Element.of(of(List.of("all", "all-ipv6")))));
        }
        return filter;
    }

    private Element rule(String chain) {
        var isFrame = !chain.equals("root") || random.nextInt(3) == 0;
        var actions = isFrame
                ? List.of("accept", "drop", "return", "continue", "drop", "accept")
                : List.of("accept", "accept", "drop", "reject", "return");
        var rule = Element.of("rule")
                .withAttribute("action", of(actions))
                .withAttribute("direction", of(List.of("in", "out", "inout")));
        if (random.nextBoolean()) {
            rule = rule.withAttribute("priority", of(List.of("-800", "-600", "-500", "100", "200", "500", "900")));
        }
        if (isStateless || random.nextInt(5) == 0) {
            rule = rule.withAttribute("statematch", "false");
        }
        if (isFrame && random.nextInt(6) == 0) {
            return rule;
        }
        return rule.plus(isFrame ? frames(chain.equals("root") ? of(FRAMES) : protocol(chain)) : packets(of(PACKETS)));
    }

    private static String protocol(String chain) {
        return switch (chain) {
            case "ipv4", "ipv4-a" -> "ip";
            case "ipv6" -> "ipv6";
            case "arp" -> "arp";
            default -> "mac";
        };
    }

    private Element frames(String protocol) {
        var element = negated(Element.of(protocol));
        if (random.nextInt(3) == 0) {
            element =
                    element.withAttribute("srcmacaddr", of(List.of("$MAC", "52:54:00:70:00:03", "52:54:00:70:00:77")));
        }
        return switch (protocol) {
            case "mac" ->
                maybe(element, "protocolid", List.of("ipv4", "ipv6", "arp", "rarp", "0x88b5", "0x1234", "vlan"));
            case "arp", "rarp" ->
                maybe(
                        maybe(
                                maybe(element, "arpsrcipaddr", List.of("10.77.0.10", "10.77.0.11", "10.77.0.15")),
                                "opcode",
                                List.of("Request", "Reply", "3", "4")),
                        "arpsrcmacaddr",
                        List.of("$MAC", "52:54:00:70:00:77"));
            case "vlan" -> maybe(element, "vlanid", List.of("7", "291", "1234"));
            case "ip" -> ports(maybe(addresses(element, false), "dscp", List.of("8", "16", "32")), true);
            case "ipv6" -> ports(addresses(element, true), true);
            default -> element;
        };
    }

    private Element packets(String protocol) {
        var isSix = protocol.endsWith("ipv6") || protocol.equals("icmpv6");
        var element = addresses(negated(Element.of(protocol)), isSix);
        if (random.nextInt(8) == 0) {
            element = element.withAttribute("srcmacaddr", of(List.of("$MAC", "52:54:00:70:00:03")));
        }
        if (random.nextInt(8) == 0) {
            element = element.withAttribute("dscp", of(List.of("8", "16", "32")));
        }
        if (!isSix && !isStateless && random.nextInt(5) == 0) {
            element = element.withAttribute(
                    "state",
                    of(List.of("NEW", "ESTABLISHED", "NEW,ESTABLISHED", "ESTABLISHED,RELATED", "INVALID", "NONE")));
        }
        return switch (protocol) {
            case "tcp" -> ports(maybe(element, "flags", List.of("SYN,ACK/SYN", "SYN/SYN", "ALL/SYN,ACK")), false);
            case "udp", "tcp-ipv6", "udp-ipv6" -> ports(element, false);
            case "icmp" -> maybe(element, "type", List.of("0", "8", "255"));
            case "icmpv6" -> maybe(element, "type", List.of("128", "129"));
            default -> element;
        };
    }

    private Element addresses(Element element, boolean isSix) {
        var out = element;
        for (var side : List.of("src", "dst")) {
            if (random.nextInt(3) > 0) {
                continue;
            }
            var subnet = of(
                    isSix
                            ? List.of("fd77::/64", "fd77::1/128", "2001:db8::/32", "1:2:3::/48")
                            : List.of("10.77.0.0/24", "10.77.0.1/32", "10.0.0.0/8", "203.0.0.0/8", "$LIST", "$IP"));
            var slash = subnet.indexOf('/');
            out = slash < 0
                    ? out.withAttribute(side + "ipaddr", subnet)
                    : out.withAttribute(side + "ipaddr", subnet.substring(0, slash))
                            .withAttribute(side + "ipmask", subnet.substring(slash + 1));
        }
        return out;
    }

    /** Of frames only packets of a protocol with ports can have some. */
    private Element ports(Element element, boolean needsProtocol) {
        if (random.nextBoolean()) {
            return element;
        }
        var out = needsProtocol ? element.withAttribute("protocol", of(List.of("tcp", "udp"))) : element;
        for (var side : List.of("src", "dst")) {
            if (random.nextInt(3) > 0) {
                out = out.withAttribute(side + "portstart", of(List.of("22", "53", "80", "443", "200", "20000")));
                if (random.nextInt(3) == 0) {
                    out = out.withAttribute(side + "portend", of(List.of("30000", "60000")));
                }
            }
        }
        return out;
    }

    private Element negated(Element element) {
        return random.nextInt(8) == 0 ? element.withAttribute("match", "no") : element;
    }

    private Element maybe(Element element, String name, List<String> values) {
        return random.nextBoolean() ? element.withAttribute(name, of(values)) : element;
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
