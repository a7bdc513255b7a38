package dev.paddock.nwfilter;

import static dev.paddock.api.schema.Schema.listOf;
import static dev.paddock.api.schema.Schema.oneOrMore;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.required;
import static dev.paddock.api.schema.Schema.text;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.schema.Schema.Field;
import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Schema.MapOf;
import dev.paddock.api.schema.Schema.Shorthand;
import dev.paddock.api.schema.Types;
import dev.paddock.nwfilter.document.FilterChain;
import dev.paddock.nwfilter.document.Negation;
import dev.paddock.nwfilter.protocol.PortRange;
import dev.paddock.nwfilter.protocol.Protocol;
import dev.paddock.nwfilter.protocol.Protocols;
import dev.paddock.nwfilter.protocol.WordLists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a filter in a playbook. The attributes of protocols have libvirt's names. */
final class NwfilterSchema {
    /** The keys of a rule that are not protocols. */
    static final List<String> OF_RULE = List.of("action", "direction", "priority", "statematch");

    /** A rule without a protocol has to say so: a rule with a forgotten protocol would match every frame. */
    static final String NO_PROTOCOL = "none";

    private static final String NAME = "[A-Za-z_\\p{L}][\\w.\\-\\p{L}]*";
    private static final ScalarType FILTER = Types.pattern("the name of a filter", NAME, "clean-traffic");
    private static final ScalarType PARAMETER = Types.pattern("the name of a variable", "[a-zA-Z0-9_]+", "IP");
    private static final ScalarType VALUE =
            Types.pattern("a value of letters, digits, dots, colons and underscores", "[a-zA-Z0-9_.:]+", "10.1.2.3");

    /** A mapping without fields, which may be written without a value. */
    private static final Fields NOTHING = new Fields(
            Map.of(),
            Optional.of(new Shorthand("{}", "^$", text -> text.isBlank() ? Optional.of(Map.of()) : Optional.empty())));

    static final Fields ALL = Schema.fields(
            "uuid",
            optional(Types.UUID, "UUID; by default it is derived from the name."),
            "chain",
            optional(
                    FilterChain.NAME,
                    "Chain that the rules go into: root, or a name that starts with mac, vlan, stp, arp, rarp, ipv4 or"
                            + " ipv6."),
            "priority",
            optional(
                    FilterChain.PRIORITY,
                    "Place of the chain among others, lowest first; by default that of the chain's protocol."),
            "rules",
            optional(
                    listOf(item()),
                    "Rules and references to other filters, in one order: of equal priority the first that matches"
                            + " decides."));

    private NwfilterSchema() {}

    private static Fields item() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("filterref", optional(reference(), "Another filter, whose rules stand in this place."));
        fields.put("action", optional(WordLists.ACTION, "What becomes of a packet that matches."));
        fields.put(
                "direction", optional(WordLists.DIRECTION, "As the guest sees it: in comes to it, out comes from it."));
        fields.put("priority", optional(FilterChain.PRIORITY, "Lowest first; 500 by default."));
        fields.put(
                "statematch",
                optional(Types.TRUE_FALSE, "Whether replies of accepted connections are accepted, as by default."));
        for (var protocol : Protocols.all()) {
            fields.put(protocol.name(), optional(protocol(protocol), protocol.doc()));
        }
        fields.put(NO_PROTOCOL, optional(NOTHING, "Every frame: the rule names no protocol at all."));
        return new Fields(fields, Optional.empty());
    }

    private static Fields reference() {
        var fields = Schema.fields(
                "filter",
                required(FILTER, "Name of the filter."),
                "parameters",
                optional(
                        new MapOf(PARAMETER, oneOrMore(text(VALUE))),
                        "Values of the variables of that filter; a list where a variable has several."));
        return Schema.orShort(
                fields,
                new Shorthand(
                        "clean-traffic",
                        NAME,
                        text -> text.matches(NAME) ? Optional.of(Map.of("filter", text)) : Optional.empty()));
    }

    /** A protocol without attributes matches all of its traffic, and may be written without a value. */
    private static Fields protocol(Protocol protocol) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put(
                Negation.MATCH,
                optional(
                        Types.YES_NO, "With no, match what the attributes do not say. It does not reach all of them."));
        for (var attribute : protocol.attributes()) {
            fields.put(attribute.name(), optional(attribute.notation().type(), attribute.doc()));
        }
        PortRange.SHORT.forEach((name, ends) -> {
            if (protocol.has(ends.start())) {
                fields.put(name, optional(PortRange.TYPE, "Short for " + ends.start() + " and " + ends.end() + "."));
            }
        });
        return new Fields(fields, NOTHING.shorthand());
    }
}
