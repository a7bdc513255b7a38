package dev.paddock.testkit.generate;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/** Makes filters of rules of every protocol, with the attributes that libvirt's schema allows. */
public final class FilterDocuments {
    private static final ElementShape SHAPE = SchemaGrammar.of("nwfilter.rng", "filter");

    private final RandomChoice chance;
    private final Sampler sampler;
    private final List<String> filters;

    /**
     * @param filters the filters to refer to
     */
    public FilterDocuments(Random random, Collection<String> filters) {
        this.chance = new RandomChoice(random);
        this.filters = List.copyOf(filters);
        this.sampler = new Sampler(CandidateValues.of(Element.of("filter"), this.filters), random);
    }

    /** Return a filter; whether libvirt takes it is to be tried. */
    public Element filter(String name) {
        var filter = Element.of("filter").withAttribute("name", name);
        if (chance.in(2)) {
            filter = filter.withAttribute(
                    "chain",
                    chance.of("root", "mac", "arp", "arp-more", "rarp", "ipv4", "ipv4-some", "ipv6", "vlan", "stp"));
            if (chance.in(3)) {
                filter = filter.withAttribute("priority", Integer.toString(chance.between(-1000, 1000)));
            }
        }
        List<Element> parts = new ArrayList<>();
        var size = chance.upTo(6);
        for (var i = 0; i < size; i++) {
            parts.add(!filters.isEmpty() && chance.in(6) ? reference() : rule());
        }
        return filter.withChildren(parts);
    }

    /** Return a rule; whether libvirt takes it is to be tried. */
    public Element rule() {
        var rule = Element.of("rule")
                .withAttribute("action", chance.of("accept", "drop", "reject", "return", "continue"))
                .withAttribute("direction", chance.of("in", "out", "inout"));
        if (chance.in(2)) {
            rule = rule.withAttribute("priority", Integer.toString(chance.of(List.of(-1000, -5, 0, 100, 500, 1000))));
        }
        if (chance.in(4)) {
            rule = rule.withAttribute("statematch", chance.of("false", "0", "FALSE"));
        }
        if (chance.in(8)) {
            return rule;
        }
        var protocols = SHAPE.child(XmlName.of("rule")).orElseThrow().children();
        var names = List.copyOf(protocols.keySet());
        var protocol = chance.of(names);
        return rule.plus(sampler.element(protocol, protocols.getOrDefault(protocol, new ElementShape())));
    }

    private Element reference() {
        var reference = Element.of("filterref").withAttribute("filter", chance.of(filters));
        var parameters = chance.upTo(3);
        for (var i = 0; i < parameters; i++) {
            reference = reference.plus(Element.of("parameter")
                    .withAttribute("name", chance.of("IP", "MAC", "A", "B_2"))
                    .withAttribute("value", chance.of("10.1.2.3", "10.1.2.4", "52:54:00:00:00:01", "fe80::1")));
        }
        return reference;
    }
}
