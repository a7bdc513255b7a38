package dev.paddock.nwfilter;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.value.Value;
import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.document.Negation;
import dev.paddock.nwfilter.protocol.HostNameComment;
import dev.paddock.nwfilter.protocol.HostNameExpansion;
import dev.paddock.nwfilter.protocol.NumberFormats;
import dev.paddock.nwfilter.protocol.PortRange;
import dev.paddock.nwfilter.protocol.Protocol;
import dev.paddock.nwfilter.protocol.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds attributes of a protocol that contradict each other, or that libvirt would not carry out as written. */
final class ProtocolMistakes {
    /** See virNWFilterRuleValidate. 33 is DCCP, which has no name here. */
    private static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "sctp", "33");

    private ProtocolMistakes() {}

    static void find(Protocol protocol, Value.Mapping attributes, List<Diagnostic> found) {
        shortForms(attributes, found);
        if (protocol.has("protocol")) {
            ports(attributes, found);
        }
        ipset(attributes, found);
        forgotten(protocol, attributes, found);
        negation(protocol, attributes, found);
        names(attributes, found);
    }

    /**
     * A host name becomes one rule for each address. With a negated name, none of these rules would mean "every address
     * but those of the name".
     */
    private static void names(Value.Mapping attributes, List<Diagnostic> found) {
        var comment = attributes.text(HostNameExpansion.COMMENT);
        if (comment.flatMap(HostNameComment::of).isPresent()) {
            found.add(Diagnostic.error(
                    Code.BAD_VALUE,
                    place(attributes, HostNameExpansion.COMMENT),
                    "A comment of this form is Paddock's own: it says that the rule was made from a name.",
                    "Give the name in place of the address, or write the comment in other words."));
        }
        for (var attribute : HostNameExpansion.ATTRIBUTES) {
            if (attributes.text(attribute).filter(HostNameExpansion::is).isEmpty()) {
                continue;
            }
            if (comment.filter(Variable::is).isPresent()) {
                found.add(Diagnostic.error(
                        Code.CONFLICTING_KEYS,
                        place(attributes, HostNameExpansion.COMMENT),
                        "The name stays with the rule in its comment, where no variable can stand beside it.",
                        "Write the comment without a variable, or leave it out."));
            }
            var mask = attribute.replace("addr", "mask");
            if (attributes.text(mask).isPresent()) {
                found.add(Diagnostic.error(
                        Code.CONFLICTING_KEYS,
                        place(attributes, mask),
                        "A name stands for addresses, which have no '" + mask + "'.",
                        "Remove '" + mask + "', or give an address in place of the name."));
            }
            if (attributes.text(Negation.MATCH).filter("no"::equals).isPresent()) {
                found.add(Diagnostic.error(
                        Code.CONFLICTING_KEYS,
                        place(attributes, Negation.MATCH),
                        "A name may stand for several addresses, and match: no would be for all but one of them each"
                                + " time, which is everything.",
                        "Turn the rule around, with another action and without match."));
            }
        }
    }

    private static void shortForms(Value.Mapping attributes, List<Diagnostic> found) {
        PortRange.SHORT.forEach((shorter, ends) -> {
            for (var end : List.of(ends.start(), ends.end())) {
                if (attributes.text(shorter).isPresent() && attributes.text(end).isPresent()) {
                    found.add(Diagnostic.error(
                            Code.CONFLICTING_KEYS,
                            place(attributes, end),
                            "'" + shorter + "' is short for '" + ends.start() + "' and '" + ends.end()
                                    + "', so it does not go together with '" + end + "'.",
                            "Keep one of the two forms."));
                }
            }
        });
    }

    private static void ports(Value.Mapping attributes, List<Diagnostic> found) {
        var carried = attributes.text("protocol").map(NumberFormats.PROTOCOL.canon()::apply);
        if (carried.filter(WITH_PORTS::contains).isPresent()) {
            return;
        }
        for (var key : attributes.entries().keySet()) {
            if (key.startsWith("srcport") || key.startsWith("dstport")) {
                found.add(Diagnostic.error(
                        Code.BAD_VALUE,
                        place(attributes, key),
                        "Only tcp, udp, dccp (33) and sctp have ports, and the rule does not say that the packet is one"
                                + " of these.",
                        "Add protocol: tcp, udp, 33 or sctp to it."));
                return;
            }
        }
    }

    private static void ipset(Value.Mapping attributes, List<Diagnostic> found) {
        var named = attributes.text("ipset").isPresent();
        var flagged = attributes.text("ipsetflags").isPresent();
        if (named != flagged) {
            var given = named ? "ipset" : "ipsetflags";
            var missing = named ? "ipsetflags" : "ipset";
            found.add(Diagnostic.error(
                    Code.MISSING_KEY,
                    place(attributes, given),
                    "'" + given + "' does not say enough without '" + missing + "'.",
                    named ? "Add ipsetflags: src or dst." : "Add ipset with the name of a set."));
        }
    }

    private static void forgotten(Protocol protocol, Value.Mapping attributes, List<Diagnostic> found) {
        for (var attribute : protocol.attributes()) {
            if (!attribute.kept() && attributes.text(attribute.name()).isPresent()) {
                found.add(Diagnostic.error(
                        Code.LIBVIRT_DROPS,
                        place(attributes, attribute.name()),
                        "libvirt accepts '" + attribute.name() + "' of '" + protocol.name()
                                + "' and forgets it, so that the rule would be for more than it says.",
                        attribute.name().startsWith("ipset")
                                ? "Use the protocol all, with which ipset works, or addresses."
                                : "Leave it out."));
            }
        }
    }

    /** Filters that libvirt wrote may contain this without an error of the user, so this only warns. */
    private static void negation(Protocol protocol, Value.Mapping attributes, List<Diagnostic> found) {
        if (!attributes.text(Negation.MATCH).filter("no"::equals).isPresent()) {
            return;
        }
        var place = place(attributes, Negation.MATCH);
        var element = Element.of(protocol.name()).withAttribute(Negation.MATCH, "no");
        for (var key : attributes.entries().keySet()) {
            var ends = PortRange.SHORT.get(key);
            if (ends != null) {
                element = element.withAttribute(ends.start(), "0").withAttribute(ends.end(), "0");
            } else if (protocol.has(key)) {
                element = element.withAttribute(key, attributes.text(key).orElse(""));
            }
        }
        var meaning = Negation.of(protocol, List.of(element));
        var plain = new ArrayList<String>();
        meaning.attributes().keySet().forEach(name -> {
            if (!meaning.negated().contains(name.local())) {
                plain.add(name.local());
            }
        });
        if (meaning.attributes().isEmpty()) {
            found.add(Diagnostic.warning(
                    Code.LIBVIRT_DROPS,
                    place,
                    "match: no has nothing to negate here, so that the rule is for all of '" + protocol.name() + "'.",
                    "Leave match out."));
        } else if (!plain.isEmpty()) {
            found.add(Diagnostic.warning(
                    Code.LIBVIRT_DROPS,
                    place,
                    "libvirt does not apply match: no to " + String.join(", ", plain) + " here.",
                    "Turn the rule around, with another action and without match."));
        }
    }

    /** Return the position of a key. */
    static SourceLocation place(Value.Mapping mapping, String key) {
        var entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.keyPlace();
    }
}
