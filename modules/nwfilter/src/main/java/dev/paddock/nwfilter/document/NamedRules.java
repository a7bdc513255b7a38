package dev.paddock.nwfilter.document;

import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.protocol.HostNameComment;
import dev.paddock.nwfilter.protocol.HostNameExpansion;
import dev.paddock.nwfilter.protocol.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Neighboring rules of a filter that were generated from one rule with one or two host names.
 *
 * @param mark the content of their comments
 * @param rules equal except for the addresses, without duplicates; never empty
 */
record NamedRules(HostNameComment mark, List<Element> rules) {
    NamedRules {
        rules = List.copyOf(rules);
    }

    /** A part of a filter. */
    sealed interface Part {
        /** A part without host names. */
        record Other(Element child) implements Part {}

        record Named(NamedRules group) implements Part {}
    }

    /** Return the parts of a filter, in order. */
    static List<Part> parts(Element filter) {
        List<Part> parts = new ArrayList<>();
        List<Element> together = new ArrayList<>();
        for (var child : filter.children()) {
            if (!together.isEmpty() && !continues(together, child)) {
                parts.add(named(together));
                together.clear();
            }
            if (mark(child).isPresent()) {
                together.add(child);
            } else {
                parts.add(new Part.Other(child));
            }
        }
        if (!together.isEmpty()) {
            parts.add(named(together));
        }
        return parts;
    }

    private static Part named(List<Element> rules) {
        return new Part.Named(new NamedRules(mark(rules.getFirst()).orElseThrow(), rules));
    }

    /** A rule that is in a playbook twice becomes two groups with the same addresses. */
    private static boolean continues(List<Element> before, Element child) {
        var mark = mark(child);
        return mark.isPresent()
                && mark.equals(mark(before.getFirst()))
                && without(child, mark.get()).equals(without(before.getFirst(), mark.get()))
                && before.stream().noneMatch(rule -> addresses(rule, mark.get()).equals(addresses(child, mark.get())));
    }

    private static Optional<HostNameComment> mark(Element child) {
        if (!child.is("rule") || child.children().size() != 1) {
            return Optional.empty();
        }
        var protocol = child.children().getFirst();
        return protocol.attribute(HostNameExpansion.COMMENT)
                .flatMap(HostNameComment::of)
                .filter(mark ->
                        mark.names().keySet().stream().allMatch(attribute -> isOneAddress(protocol, attribute)));
    }

    private static boolean isOneAddress(Element protocol, String attribute) {
        return protocol.attribute(attribute)
                        .filter(address -> !Variable.is(address))
                        .isPresent()
                && protocol.attribute(attribute.replace("addr", "mask")).isEmpty()
                && protocol.attribute(Negation.MATCH).filter("no"::equals).isEmpty();
    }

    private static Element without(Element rule, HostNameComment mark) {
        var protocol = rule.children().getFirst();
        for (var attribute : mark.names().keySet()) {
            protocol = protocol.withoutAttribute(attribute);
        }
        return rule.withChildren(List.of(protocol));
    }

    private static List<String> addresses(Element rule, HostNameComment mark) {
        return mark.names().keySet().stream()
                .map(attribute -> Normalizers.ADDRESS.apply(
                        rule.children().getFirst().attribute(attribute).orElse("")))
                .toList();
    }

    boolean isForSix() {
        return HostNameExpansion.isForSix(
                rules.getFirst().children().getFirst().name().local());
    }

    /** Return the addresses that an attribute has in all of the rules, sorted. */
    List<String> addresses(String attribute) {
        return rules.stream()
                .flatMap(rule -> rule.children().getFirst().attribute(attribute).stream())
                .map(Normalizers.ADDRESS::apply)
                .distinct()
                .sorted()
                .toList();
    }

    /** Return the rules for these addresses of the host names, by attribute. */
    List<Element> with(Map<String, List<String>> addresses) {
        var made = List.of(rules.getFirst());
        for (var attribute : HostNameExpansion.ATTRIBUTES) {
            var values = addresses.get(attribute);
            if (values != null) {
                made = made.stream()
                        .flatMap(rule -> values.stream()
                                .map(address -> rule.withChildren(
                                        List.of(rule.children().getFirst().withAttribute(attribute, address)))))
                        .toList();
            }
        }
        return made;
    }
}
