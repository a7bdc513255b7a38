package dev.paddock.nwfilter.firewall;

import dev.paddock.nwfilter.FilterRule.Direction;
import dev.paddock.nwfilter.FilterRule.Verb;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a rule for packets makes in the three chains of an interface, as iptablesCreateRuleInstance and
 * iptablesCreateRuleInstanceStateCtrl do: one for its direction, one for the replies, and one for what goes to the host.
 */
final class PacketLines {
    private static final List<String> FIRST = List.of("NEW", "ESTABLISHED");
    private static final List<String> REPLIES = List.of("ESTABLISHED");

    private final Backend.Iptables backend;
    private final List<Line> fromGuest = new ArrayList<>();
    private final List<Line> toGuest = new ArrayList<>();
    private final List<Line> toHost = new ArrayList<>();

    private PacketLines(Backend.Iptables backend) {
        this.backend = backend;
    }

    static PacketChains of(Backend.Iptables backend, List<RuleInstance> rules) {
        var lines = new PacketLines(backend);
        for (var instance : rules) {
            for (var values : Choices.of(instance)) {
                if (instance.rule().matchesState() && !instance.rule().states().isEmpty()) {
                    lines.addWithStates(instance, values);
                } else {
                    lines.add(instance, values);
                }
            }
        }
        return new PacketChains(new Chain(lines.fromGuest), new Chain(lines.toGuest), new Chain(lines.toHost));
    }

    private void add(RuleInstance instance, Values values) {
        var rule = instance.rule();
        var isIn = rule.direction() != Direction.OUT;
        var isBoth = rule.direction() == Direction.INOUT;
        var asksState = rule.matchesState() && !isBoth;
        List<String> here = asksState ? (isIn ? REPLIES : FIRST) : List.of();
        List<String> back = asksState ? (isIn ? FIRST : REPLIES) : List.of();
        add(fromGuest, instance, values, isIn, here, true, isIn, Line.Target.RETURN);
        add(toGuest, instance, values, !isIn, back, true, !isIn || isBoth, Line.Target.ACCEPT);
        add(toHost, instance, values, isIn, here, true, isIn, Line.Target.RETURN);
    }

    /**
     * A rule that names states is for its own direction alone. NONE is for all states, and those beside it are lost
     * (parseStateMatch, virNWFilterPrintStateMatchFlags).
     */
    private void addWithStates(RuleInstance instance, Values values) {
        var rule = instance.rule();
        List<String> states = rule.states().contains("NONE") ? List.of() : rule.states();
        var isIn = rule.direction() != Direction.OUT;
        var isBoth = rule.direction() == Direction.INOUT;
        if (!isIn || isBoth) {
            add(fromGuest, instance, values, isIn, states, false, isIn, Line.Target.RETURN);
            add(toHost, instance, values, isIn, states, false, isIn, Line.Target.RETURN);
        }
        if (isIn) {
            add(toGuest, instance, values, false, states, false, isBoth, Line.Target.ACCEPT);
        }
    }

    private void add(
            List<Line> chain,
            RuleInstance instance,
            Values values,
            boolean isIn,
            List<String> states,
            boolean isDefault,
            boolean maySkipIcmp,
            Line.Target accepting) {
        PacketMatches.of(values, isIn, states, isDefault, maySkipIcmp)
                .ifPresent(matches -> chain.add(
                        new Line.Decision(matches, target(instance.rule().action(), accepting), instance.origin())));
    }

    private Line.Target target(Verb action, Line.Target accepting) {
        return switch (action) {
            case ACCEPT -> accepting;
            case DROP -> Line.Target.DROP;
            case REJECT -> Line.Target.REJECT;
            case RETURN -> Line.Target.RETURN;
            case CONTINUE -> {
                // Newer iptables take it for no target at all.
                if (!backend.takesContinue()) {
                    throw new UnusableFilter("This iptables has no target CONTINUE, so that libvirt cannot carry out a"
                            + " rule for packets with action continue.");
                }
                yield Line.Target.CONTINUE;
            }
        };
    }
}
