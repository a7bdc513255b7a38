package dev.paddock.reach.firewall;

import dev.paddock.nwfilter.protocol.CanonicalValue;
import dev.paddock.reach.match.RuleValues;
import dev.paddock.reach.match.UnusableFilterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The combinations of values for the variables of a rule, each of which becomes a rule of its own: variables of the
 * same iterator advance together, those of different iterators are combined freely (virNWFilterVarCombIter).
 */
final class VariableChoices {
    private VariableChoices() {}

    static List<RuleValues> of(RuleInstance instance) {
        Map<String, List<String>> iterators = new LinkedHashMap<>();
        for (var value : instance.rule().attributes().values()) {
            CanonicalValue.variable(value).ifPresent(use -> {
                iterators
                        .computeIfAbsent(use.iterates() ? "@" + use.number() : value, key -> new ArrayList<>())
                        .add(value);
            });
        }
        List<Map<String, String>> choices = new ArrayList<>(List.of(Map.of()));
        for (var together : iterators.values()) {
            var steps = steps(together, instance);
            List<Map<String, String>> longer = new ArrayList<>();
            for (var choice : choices) {
                for (var step : steps) {
                    Map<String, String> both = new LinkedHashMap<>(choice);
                    both.putAll(step);
                    longer.add(both);
                }
            }
            choices = longer;
        }
        return choices.stream()
                .map(choice -> new RuleValues(instance.rule(), choice))
                .toList();
    }

    private static List<Map<String, String>> steps(List<String> together, RuleInstance instance) {
        List<Map<String, String>> steps = new ArrayList<>();
        for (var value : together) {
            var use = CanonicalValue.variable(value).orElseThrow();
            var all = instance.variables().getOrDefault(use.name(), List.of());
            var mine = use.iterates() ? all : all.subList(use.number(), use.number() + 1);
            if (steps.isEmpty()) {
                mine.forEach(each -> steps.add(new LinkedHashMap<>()));
            }
            if (steps.size() != mine.size()) {
                throw new UnusableFilterException("The rule '" + instance.rule()
                        + "' goes through lists of different lengths side by side, which libvirt refuses.");
            }
            for (var i = 0; i < mine.size(); i++) {
                steps.get(i).put(value, mine.get(i));
            }
        }
        return steps;
    }
}
