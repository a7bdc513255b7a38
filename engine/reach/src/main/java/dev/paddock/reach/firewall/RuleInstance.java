package dev.paddock.reach.firewall;

import dev.paddock.nwfilter.document.FilterRule;
import java.util.List;
import java.util.Map;

/**
 * A rule of a filter on an interface.
 *
 * @param filter the filter that contains the rule
 * @param variables the values of its variables
 */
record RuleInstance(
        String filter,
        String chain,
        int chainPriority,
        int priority,
        FilterRule rule,
        Map<String, List<String>> variables) {

    RuleOrigin origin() {
        return new RuleOrigin(filter, rule);
    }

    RuleInstance withPriority(int other) {
        return new RuleInstance(filter, chain, chainPriority, other, rule, variables);
    }
}
