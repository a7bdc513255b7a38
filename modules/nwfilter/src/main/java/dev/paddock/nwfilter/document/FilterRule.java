package dev.paddock.nwfilter.document;

import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.protocol.HostNameComment;
import dev.paddock.nwfilter.protocol.HostNameExpansion;
import dev.paddock.nwfilter.protocol.Protocol;
import dev.paddock.nwfilter.protocol.Protocols;
import dev.paddock.nwfilter.protocol.WordLists;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of a filter, as libvirt reads it.
 *
 * @param number the position among the rules and references of its filter, from 1
 * @param protocol the name of its element; absent for a rule that matches everything
 * @param attributes what it matches, in canonical form; variables stay
 * @param negated the attributes that must not match
 * @param states the connection states that it matches; empty if it names none
 */
public record FilterRule(
        int number,
        Verb action,
        Direction direction,
        int priority,
        boolean matchesState,
        Optional<String> protocol,
        Map<String, String> attributes,
        Set<String> negated,
        List<String> states) {
    /** What to do with a packet that matches. */
    public enum Verb {
        ACCEPT,
        DROP,
        REJECT,
        RETURN,
        CONTINUE
    }

    /** The direction from the VM's point of view. */
    public enum Direction {
        IN,
        OUT,
        INOUT
    }

    public FilterRule {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        negated = Collections.unmodifiableSet(new LinkedHashSet<>(negated));
        states = List.copyOf(states);
    }

    /** Return whether ebtables carries out the rule. ebtables sees every frame, but no connections. */
    public boolean isForFrames() {
        return protocol.map(Protocols::isForFrames).orElse(true);
    }

    public boolean isForSix() {
        return protocol.filter(name -> name.endsWith("-ipv6") || name.equals("icmpv6"))
                .isPresent();
    }

    /** Return the host names that the rule was generated from; absent if there are none. */
    public Optional<HostNameComment> mark() {
        return Optional.ofNullable(attributes.get(HostNameExpansion.COMMENT)).flatMap(HostNameComment::of);
    }

    static FilterRule of(int number, Element rule) {
        var known = rule.children().stream()
                .flatMap(child -> Protocols.named(child.name().local()).stream())
                .findFirst();
        var meaning = known.map(protocol -> Negation.of(
                protocol,
                rule.children().stream()
                        .filter(child -> child.is(protocol.name()))
                        .toList()));
        Map<String, String> attributes = new LinkedHashMap<>();
        meaning.ifPresent(all -> all.attributes()
                .forEach((name, value) -> attributes.put(
                        name.local(),
                        known.flatMap(protocol -> protocol.attribute(name.local()))
                                .map(attribute -> attribute.notation().canon().apply(value))
                                .orElse(value))));
        var state = Optional.ofNullable(attributes.remove("state"));
        return new FilterRule(
                number,
                Verb.valueOf(rule.attribute("action").orElse("drop").toUpperCase(Locale.ROOT)),
                Direction.valueOf(rule.attribute("direction").orElse("inout").toUpperCase(Locale.ROOT)),
                NwfilterRules.priority(rule),
                rule.attribute("statematch")
                        .map(text -> !WordLists.STATEMATCH.apply(text).equals("false"))
                        .orElse(true),
                known.map(Protocol::name),
                attributes,
                meaning.map(Negation::negated).orElse(Set.of()),
                state.map(text -> List.of(text.split(","))).orElse(List.of()));
    }

    /** Return a short text of the rule, as in its document. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(action.name().toLowerCase(Locale.ROOT))
                .append(' ')
                .append(direction.name().toLowerCase(Locale.ROOT));
        protocol.ifPresent(name -> text.append(' ').append(name));
        var names = mark().map(HostNameComment::names).orElse(Map.of());
        attributes.forEach((name, value) -> {
            if (name.equals(HostNameExpansion.COMMENT) && !names.isEmpty()) {
                return;
            }
            var isEndOfOne = name.endsWith("portend")
                    && value.equals(attributes.get(name.substring(0, name.length() - 3) + "start"));
            if (!isEndOfOne) {
                text.append(' ')
                        .append(name)
                        .append(negated.contains(name) ? "!=" : "=")
                        .append(value);
                Optional.ofNullable(names.get(name))
                        .ifPresent(host -> text.append(" (").append(host).append(')'));
            }
        });
        if (!states.isEmpty()) {
            text.append(" state=").append(String.join(",", states));
        }
        return text.toString();
    }
}
