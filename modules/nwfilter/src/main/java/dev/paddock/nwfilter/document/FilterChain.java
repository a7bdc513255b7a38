package dev.paddock.nwfilter.document;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Types;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;

/**
 * The chain that a filter's rules go into, and the priority that orders chains, which depends on the chain where it is
 * not given (formatnwfilter, "Filtering chain priorities").
 */
public final class FilterChain {
    public static final String ROOT = "root";
    public static final ScalarType NAME = Types.pattern(
            "root, or a name that starts with mac, vlan, stp, arp, rarp, ipv4 or ipv6",
            "root|(mac|stp|arp)[a-zA-Z0-9_.:\\-]{0,9}|(vlan|rarp|ipv4|ipv6)[a-zA-Z0-9_.:\\-]{0,8}",
            "arp-agents");
    public static final ScalarType PRIORITY = Types.integer("a priority from -1000 to 1000", -1000, 1000);

    /** No prefix is the start of another; what is in none has 0. */
    private static final Map<String, Integer> PRIORITIES =
            Map.of("mac", -800, "vlan", -750, "ipv4", -700, "ipv6", -600, "arp", -500, "rarp", -400);

    private FilterChain() {}

    public static int defaultPriority(String chain) {
        return PRIORITIES.entrySet().stream()
                .filter(entry -> chain.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(0);
    }

    /**
     * Return whether libvirt keeps the filter's priority: it ignores one without a chain, and does not write 0, which
     * turns into the chain's own when the daemon starts again.
     */
    public static boolean keepsPriority(Optional<String> chain, String priority) {
        return chain.isPresent()
                && (!Normalizers.INTEGER.apply(priority).equals("0") || defaultPriority(chain.get()) == 0);
    }

    /** Return the filter with the priority that is in force, as what is not kept or not given is the chain's own. */
    static Element normal(Element filter) {
        var chain = filter.attribute("chain");
        var own = Integer.toString(defaultPriority(chain.orElse(ROOT)));
        return filter.withAttribute(
                "priority",
                filter.attribute("priority")
                        .filter(priority -> keepsPriority(chain, priority))
                        .orElse(own));
    }
}
