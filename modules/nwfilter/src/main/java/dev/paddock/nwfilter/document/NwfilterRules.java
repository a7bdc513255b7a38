package dev.paddock.nwfilter.document;

import dev.paddock.api.change.Cost;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.protocol.Protocol;
import dev.paddock.nwfilter.protocol.Protocols;
import dev.paddock.nwfilter.protocol.ValueFormat;
import dev.paddock.nwfilter.protocol.WordLists;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How filters compare. A filter is redefined in place, and all interfaces that use it follow at once. */
public final class NwfilterRules {
    private static final String IDENTITY = "It is what libvirt knows the filter by.";

    private static final String PRIORITY = "500";

    private static final Normalizer RULE_PRIORITY = text -> isNumber(text) ? Normalizers.INTEGER.apply(text) : PRIORITY;

    public static final Rules ALL = new Rules(rules(), siblings(), List.of(), Rule.of("**/*"), Map.of());

    private NwfilterRules() {}

    /** The schema allows white space after a number, but libvirt does not accept such a priority. */
    static boolean isNumber(String priority) {
        return priority.equals(priority.stripTrailing());
    }

    /** Return the priority that libvirt gives to a {@code <rule>}. */
    static int priority(Element rule) {
        return Integer.parseInt(RULE_PRIORITY.apply(rule.attribute("priority").orElse(PRIORITY)));
    }

    private static List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        rules.add(Rule.of("@name").costs(Cost.REPLACE, IDENTITY));
        rules.add(Rule.of("uuid").as(Normalizers.UUID).chosen().costs(Cost.REPLACE, IDENTITY));
        rules.add(Rule.of("@chain").byDefault(FilterChain.ROOT));
        rules.add(Rule.of("@priority").as(Normalizers.INTEGER));
        rules.add(Rule.of("rule/@priority").as(RULE_PRIORITY).byDefault(PRIORITY));
        rules.add(Rule.of("rule/@statematch").as(WordLists.STATEMATCH));
        attributes().forEach((name, notations) -> rules.addAll(attribute(name, notations)));
        return rules;
    }

    /** Return the notations of each attribute, with the protocols that use them. */
    private static Map<String, Map<ValueFormat, List<Protocol>>> attributes() {
        Map<String, Map<ValueFormat, List<Protocol>>> all = new LinkedHashMap<>();
        for (var protocol : Protocols.all()) {
            for (var attribute : protocol.attributes()) {
                all.computeIfAbsent(attribute.name(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(attribute.notation(), notation -> new ArrayList<>())
                        .add(protocol);
            }
        }
        return all;
    }

    /** The last rule covers the notation that most protocols use; the rules before it cover each other protocol. */
    private static List<Rule> attribute(String name, Map<ValueFormat, List<Protocol>> notations) {
        var common = Collections.max(notations.entrySet(), Comparator.comparingInt(use -> use.getValue()
                        .size()))
                .getKey();
        var rules = new ArrayList<Rule>();
        notations.forEach((notation, protocols) -> {
            if (!notation.equals(common)) {
                protocols.forEach(protocol -> rules.add(
                        Rule.of("rule/" + protocol.name() + "/@" + name).as(notation.canon())));
            }
        });
        rules.add(Rule.of("rule/*/@" + name).as(common.canon()));
        return rules;
    }

    /** libvirt carries out rules and references of equal priority in the order of the document, in any mixture. */
    private static List<ListMatch> siblings() {
        return List.of(
                new ListMatch.Ordered("rule", "rules"),
                new ListMatch.Ordered("filterref", "rules"),
                new ListMatch.Keyed("filterref/parameter", List.of(List.of("@name"))));
    }
}
