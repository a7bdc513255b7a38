package dev.paddock.reach.matrix;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.nwfilter.document.FilterEntry;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.nwfilter.document.FilterRule.Direction;
import dev.paddock.nwfilter.document.FilterRule.Verb;
import dev.paddock.nwfilter.protocol.HostNameComment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds hints in the rules of a filter alone. */
public final class RuleHints {
    private RuleHints() {}

    public static List<PolicyHint> of(FilterDefinition filter) {
        List<FilterRule> rules = new ArrayList<>();
        for (var entry : filter.entries()) {
            if (entry instanceof FilterEntry.One one) {
                rules.add(one.rule());
            }
        }
        List<PolicyHint> hints = new ArrayList<>();
        rules.forEach(rule -> port(filter.name(), rule, hints));
        rules.sort(Comparator.comparingInt(FilterRule::priority));
        for (var later = 0; later < rules.size(); later++) {
            for (var earlier : rules.subList(0, later)) {
                if (covers(earlier, rules.get(later)) && !isForAnotherName(earlier, rules.get(later))) {
                    hints.add(hidden(filter.name(), earlier, rules.get(later)));
                    break;
                }
            }
        }
        return hints;
    }

    private static void port(String filter, FilterRule rule, List<PolicyHint> hints) {
        for (var side : List.of("src", "dst")) {
            if (rule.attributes().containsKey(side + "portend")
                    && !rule.attributes().containsKey(side + "portstart")) {
                hints.add(new PolicyHint(
                        Code.PORT_WITHOUT_START,
                        filter,
                        rule.number(),
                        "The rule '" + rule + "' gives the end of a range of ports and no start. libvirt passes over"
                                + " the end, so that the rule is for all ports.",
                        "Add " + side + "portstart."));
            }
        }
    }

    private static PolicyHint hidden(String filter, FilterRule earlier, FilterRule later) {
        var before = "rule " + earlier.number() + " (" + earlier + ")";
        var isOtherWay = earlier.direction() != later.direction() && earlier.direction() != Direction.INOUT;
        return isOtherWay
                ? new PolicyHint(
                        Code.DROP_BOTH_WAYS,
                        filter,
                        later.number(),
                        "The rule '" + later + "' is never reached: before it, " + before
                                + " drops in all directions, as libvirt gives a rule that drops no direction of a"
                                + " connection.",
                        "Give the rule that accepts a lower priority than the one that drops.")
                : new PolicyHint(
                        Code.RULE_UNREACHED,
                        filter,
                        later.number(),
                        "The rule '" + later + "' is never reached: before it, " + before
                                + " decides about all that it is for.",
                        "Remove it, or give it a lower priority than the other.");
    }

    /** Return whether the earlier rule handles everything that the later one matches. */
    private static boolean covers(FilterRule earlier, FilterRule later) {
        var isFinal =
                earlier.action() == Verb.ACCEPT || earlier.action() == Verb.DROP || earlier.action() == Verb.REJECT;
        if (!isFinal || earlier.isForFrames() != later.isForFrames() || earlier.isForSix() != later.isForSix()) {
            return false;
        }
        return coversProtocol(earlier, later)
                && coversDirection(earlier, later)
                && coversStates(earlier, later)
                && ShadowedRule.matchesAll(earlier, later);
    }

    /** Host names may share addresses, today but not tomorrow. */
    private static boolean isForAnotherName(FilterRule earlier, FilterRule later) {
        var one = earlier.mark().map(HostNameComment::names);
        var other = later.mark().map(HostNameComment::names);
        return earlier.action() == later.action() && one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static boolean coversProtocol(FilterRule earlier, FilterRule later) {
        var protocol = earlier.protocol().orElse("");
        if (earlier.isForFrames()) {
            return protocol.isEmpty()
                    || (protocol.equals("mac") && earlier.attributes().isEmpty())
                    || earlier.protocol().equals(later.protocol());
        }
        return protocol.equals("all")
                || protocol.equals("all-ipv6")
                || earlier.protocol().equals(later.protocol());
    }

    private static boolean coversDirection(FilterRule earlier, FilterRule later) {
        if (earlier.direction() == later.direction()) {
            return true;
        }
        if (!earlier.attributes().isEmpty()) {
            return false;
        }
        return earlier.direction() == Direction.INOUT
                || (!earlier.isForFrames()
                        && earlier.action() != Verb.ACCEPT
                        && earlier.states().isEmpty());
    }

    /** By default, a rule that accepts in one direction is only for new and established connections. */
    private static boolean coversStates(FilterRule earlier, FilterRule later) {
        if (earlier.isForFrames()) {
            return true;
        }
        if (!earlier.states().isEmpty()) {
            return earlier.states().containsAll(later.states())
                    && !later.states().isEmpty();
        }
        var asksState =
                earlier.action() == Verb.ACCEPT && earlier.matchesState() && earlier.direction() != Direction.INOUT;
        return !asksState || (later.action() == Verb.ACCEPT && later.states().isEmpty() && later.matchesState());
    }
}
