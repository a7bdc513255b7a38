package dev.paddock.nwfilter.firewall;

import dev.paddock.nwfilter.FilterRule;

/**
 * Where a line of the firewall comes from.
 *
 * @param filter the filter that has the rule
 */
public record Origin(String filter, FilterRule rule) {
    @Override
    public String toString() {
        return filter + " #" + rule.number() + " (" + rule + ")";
    }
}
