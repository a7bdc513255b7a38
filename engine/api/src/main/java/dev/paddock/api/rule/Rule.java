package dev.paddock.api.rule;

import dev.paddock.api.change.Cost;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How one path of a kind's documents is compared, and what changing it costs.
 *
 * @param path the element names from below the root, {@code /} between them, {@code @} before an attribute, {@code *}
 *     for any one name and a leading {@code **}{@code /} for any depth: {@code ip/dhcp/host/@mac}. Namespaced names use
 *     the prefix in {@link Rules}.
 * @param match whether an observed value matches the declared one
 * @param cost what the cheapest way to change it disrupts
 * @param why the reason for the cost, one sentence for the user; empty if the cost is live
 * @param secret which texts are never shown, here and at any path below; absent if all may be shown
 */
public record Rule(
        String path,
        Normalizer canon,
        ValueMatcher match,
        UndeclaredValue fill,
        Cost cost,
        String why,
        Optional<Predicate<String>> secret) {

    /** Return the rule for a path that is compared literally, has no undeclared value, and is changed live. */
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

    /** Return the rule with another matcher. */
    public Rule matching(ValueMatcher newMatch) {
        return new Rule(path, canon, newMatch, fill, cost, why, secret);
    }

    /** Return the rule for a path that libvirt fills with a constant. */
    public Rule byDefault(String value) {
        return new Rule(path, canon, match, new UndeclaredValue.Constant(value), cost, why, secret);
    }

    /** Return the rule for a path whose value libvirt chooses. */
    public Rule chosen() {
        return new Rule(path, canon, match, new UndeclaredValue.Chosen(), cost, why, secret);
    }

    /** Return the rule for a path that belongs to others. */
    public Rule ofOthers() {
        return new Rule(path, canon, match, new UndeclaredValue.Others(), cost, why, secret);
    }

    /** Return the rule for a path that only describes the current moment. */
    public Rule momentary() {
        return new Rule(path, canon, match, new UndeclaredValue.Momentary(), cost, why, secret);
    }

    public Rule costs(Cost newCost, String newWhy) {
        return new Rule(path, canon, match, fill, newCost, newWhy, secret);
    }

    /** Return the rule for a path whose values are never shown, whether declared or observed. */
    public Rule sensitive() {
        return sensitive(text -> true);
    }

    /** Return the rule for a path of which some texts are never shown. */
    public Rule sensitive(Predicate<String> newSecret) {
        return new Rule(path, canon, match, fill, cost, why, Optional.of(newSecret));
    }

    /** Return whether some texts are never shown. */
    public boolean isSensitive() {
        return secret.isPresent();
    }
}
