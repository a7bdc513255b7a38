package dev.paddock.nwfilter.document;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Types;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;

/**
 * The chain of a filter's rules, and the priority that orders the chains. Without an explicit priority, it depends on
 * the chain (formatnwfilter, "Filtering chain priorities").
 */
public final class FilterChain {
    public static final String ROOT = "root";
    public static final ScalarType NAME = Types.pattern(
            "root, or a name that starts with mac, vlan, stp, arp, rarp, ipv4 or ipv6",
            "root|(mac|stp|arp)[a-zA-Z0-9_.:\\-]{0,9}|(vlan|rarp|ipv4|ipv6)[a-zA-Z0-9_.:\\-]{0,8}",
            "arp-agents");
    public static final ScalarType PRIORITY = Types.integer("a priority from -1000 to 1000", -1000, 1000);

    /** No prefix is the start of another. Chains without one of these prefixes have priority 0. */
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
     * Return whether libvirt keeps the filter's priority. It ignores a priority without a chain. It does not write 0,
     * which becomes the default of the chain when the daemon restarts.
     */
    public static boolean keepsPriority(Optional<String> chain, String priority) {
        return chain.isPresent()
                && (!Normalizers.INTEGER.apply(priority).equals("0") || defaultPriority(chain.get()) == 0);
    }

    /** Return the filter with its effective priority: the default of the chain if none is given or kept. */
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
