package dev.paddock.reach.firewall;

import dev.paddock.nwfilter.document.FilterRule;

/**
 * Where a line of the firewall comes from.
 *
 * @param filter the filter that has the rule
 */
public record RuleOrigin(String filter, FilterRule rule) {
    @Override
    public String toString() {
        return filter + " #" + rule.number() + " (" + rule + ")";
    }
}
