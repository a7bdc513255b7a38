package dev.paddock.reach.firewall;

import dev.paddock.nwfilter.document.FilterRule;
import java.util.List;
import java.util.Map;

/**
 * A rule where a filter brings it to an interface.
 *
 * @param filter the filter that has it
 * @param variables the values that it sees
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
