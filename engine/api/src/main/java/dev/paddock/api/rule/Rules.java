package dev.paddock.api.rule;

import java.util.List;
import java.util.Map;

/**
 * The rules of a kind.
 *
 * <p>The first rule whose path matches is the one that holds; a path that none matches is compared to the letter, filled
 * by nobody, and costs what {@code otherwise} says.
 *
 * @param otherwise the rule for paths without one
 * @param spaces namespace URI by the prefix that paths use for it
 */
public record Rules(
        List<Rule> rules, List<ListMatch> siblings, List<Alias> aliases, Rule otherwise, Map<String, String> spaces) {
    public Rules {
        rules = List.copyOf(rules);
        siblings = List.copyOf(siblings);
        aliases = List.copyOf(aliases);
        spaces = Map.copyOf(spaces);
    }
}
