package dev.paddock.api.rule;

import java.util.List;
import java.util.Map;

/**
 * The rules of a kind.
 *
 * <p>The first rule with a matching path applies. Paths without a rule are compared literally, have no undeclared
 * value, and cost {@code otherwise}.
 *
 * @param otherwise the cost for paths without a rule
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
