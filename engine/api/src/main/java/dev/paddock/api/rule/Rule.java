package dev.paddock.api.rule;

import dev.paddock.api.change.Cost;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How one path of a kind's documents compares, and what changing it costs.
 *
 * @param path the element names from below the root, {@code /} between them, {@code @} before an attribute, {@code *}
 *     for any one name and a leading {@code **}{@code /} for any depth: {@code ip/dhcp/host/@mac}. Namespaced names are
 *     written with the prefix that {@link Rules} knows them by.
 * @param match when an observed value is as declared
 * @param cost what the cheapest way to change it interrupts
 * @param why the reason of that cost, one sentence for the user, empty where the cost is live
 * @param secret which texts are shown to nobody, here and at any path below; absent where all may be seen
 */
public record Rule(
        String path,
        Normalizer canon,
        ValueMatcher match,
        UndeclaredValue fill,
        Cost cost,
        String why,
        Optional<Predicate<String>> secret) {

    /** Return a rule of a path that is compared to the letter, filled by nobody, and changed live. */
    public static Rule of(String path) {
        return new Rule(
                path,
                Normalizer.TEXT,
                ValueMatcher.EQUAL,
                new UndeclaredValue.Nobody(),
                Cost.LIVE,
                "",
                Optional.empty());
    }

    public Rule as(Normalizer newCanon) {
        return new Rule(path, newCanon, match, fill, cost, why, secret);
    }

    /** Return the rule for a path whose values match in a way of their own. */
    public Rule matching(ValueMatcher newMatch) {
        return new Rule(path, canon, newMatch, fill, cost, why, secret);
    }

    /** Return the rule for a path that libvirt fills with a constant. */
    public Rule byDefault(String value) {
        return new Rule(path, canon, match, new UndeclaredValue.Constant(value), cost, why, secret);
    }

    /** Return the rule for a path that libvirt chooses. */
    public Rule chosen() {
        return new Rule(path, canon, match, new UndeclaredValue.Chosen(), cost, why, secret);
    }

    /** Return the rule for what belongs to others. */
    public Rule ofOthers() {
        return new Rule(path, canon, match, new UndeclaredValue.Others(), cost, why, secret);
    }

    /** Return the rule for what only tells of the moment. */
    public Rule momentary() {
        return new Rule(path, canon, match, new UndeclaredValue.Momentary(), cost, why, secret);
    }

    public Rule costs(Cost newCost, String newWhy) {
        return new Rule(path, canon, match, fill, newCost, newWhy, secret);
    }

    /** Return the rule for what is shown to nobody, whether it was declared or found. */
    public Rule sensitive() {
        return sensitive(text -> true);
    }

    /** Return the rule for a path of which some texts are shown to nobody. */
    public Rule sensitive(Predicate<String> newSecret) {
        return new Rule(path, canon, match, fill, cost, why, Optional.of(newSecret));
    }

    /** Return whether there are texts that are shown to nobody. */
    public boolean isSensitive() {
        return secret.isPresent();
    }
}
