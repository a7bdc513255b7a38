package dev.paddock.nwfilter;

import dev.paddock.api.rule.Canons;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Types;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;

/**
 * The chain that a filter's rules go into, and the priority that orders chains, which depends on the chain where it is
 * not given (formatnwfilter, "Filtering chain priorities").
 */
final class Chain {
    static final String ROOT = "root";
    static final ScalarType NAME = Types.pattern(
            "root, or a name that starts with mac, vlan, stp, arp, rarp, ipv4 or ipv6",
            "root|(mac|stp|arp)[a-zA-Z0-9_.:\\-]{0,9}|(vlan|rarp|ipv4|ipv6)[a-zA-Z0-9_.:\\-]{0,8}",
            "arp-agents");
    static final ScalarType PRIORITY = Types.integer("a priority from -1000 to 1000", -1000, 1000);

    /** No prefix is the start of another; what is in none has 0. */
    private static final Map<String, Integer> PRIORITIES =
            Map.of("mac", -800, "vlan", -750, "ipv4", -700, "ipv6", -600, "arp", -500, "rarp", -400);

    private Chain() {}

    static int defaultPriority(String chain) {
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
    static boolean keepsPriority(Optional<String> chain, String priority) {
        return chain.isPresent() && (!Canons.INTEGER.apply(priority).equals("0") || defaultPriority(chain.get()) == 0);
    }

    /** Return the filter without a priority that says nothing, as it is not kept or the chain's own. */
    static Element normal(Element filter) {
        var priority = filter.attribute("priority");
        var chain = filter.attribute("chain");
        if (priority.isEmpty()) {
            return filter;
        }
        var own = chain.map(Chain::defaultPriority).map(Object::toString);
        var says = keepsPriority(chain, priority.get())
                && own.filter(Canons.INTEGER.apply(priority.get())::equals).isEmpty();
        return says ? filter : filter.withoutAttribute("priority");
    }
}
