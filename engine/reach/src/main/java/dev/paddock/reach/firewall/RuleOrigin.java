package dev.paddock.reach.firewall;

import dev.paddock.nwfilter.document.FilterRule;

/**
 * The origin of a firewall line.
 *
 * @param filter the filter that contains the rule
 */
public record RuleOrigin(String filter, FilterRule rule) {
    @Override
    public String toString() {
        return filter + " #" + rule.number() + " (" + rule + ")";
    }
}
