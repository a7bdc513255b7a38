package dev.paddock.api.rule;

import dev.paddock.api.change.Cost;

/**
 * How one path of a kind's documents compares, and what changing it costs.
 *
 * @param path the element names from below the root, {@code /} between them, {@code @} before an attribute, {@code *}
 *     for any one name and a leading {@code **}{@code /} for any depth: {@code ip/dhcp/host/@mac}. Namespaced names are
 *     written with the prefix that {@link Rules} knows them by.
 * @param match when an observed value is as declared
 * @param cost what the cheapest way to change it interrupts
 * @param why the reason of that cost, one sentence for the user, empty where the cost is live
 */
public record Rule(String path, Canon canon, Match match, Fill fill, Cost cost, String why) {

    /** Return a rule of a path that is compared to the letter, filled by nobody, and changed live. */
    public static Rule of(String path) {
        return new Rule(path, Canon.TEXT, Match.EQUAL, new Fill.Nobody(), Cost.LIVE, "");
    }

    public Rule as(Canon newCanon) {
        return new Rule(path, newCanon, match, fill, cost, why);
    }

    /** Return the rule for a path whose values match in a way of their own. */
    public Rule matching(Match newMatch) {
        return new Rule(path, canon, newMatch, fill, cost, why);
    }

    /** Return the rule for a path that libvirt fills with a constant. */
    public Rule byDefault(String value) {
        return new Rule(path, canon, match, new Fill.Constant(value), cost, why);
    }

    /** Return the rule for a path that libvirt chooses. */
    public Rule chosen() {
        return new Rule(path, canon, match, new Fill.Chosen(), cost, why);
    }

    /** Return the rule for what belongs to others. */
    public Rule ofOthers() {
        return new Rule(path, canon, match, new Fill.Others(), cost, why);
    }

    /** Return the rule for what only tells of the moment. */
    public Rule momentary() {
        return new Rule(path, canon, match, new Fill.Momentary(), cost, why);
    }

    public Rule costs(Cost newCost, String newWhy) {
        return new Rule(path, canon, match, fill, newCost, newWhy);
    }
}
