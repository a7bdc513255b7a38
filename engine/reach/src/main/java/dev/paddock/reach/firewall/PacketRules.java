package dev.paddock.reach.firewall;

import dev.paddock.nwfilter.document.FilterRule.Direction;
import dev.paddock.nwfilter.document.FilterRule.Verb;
import dev.paddock.reach.match.PacketMatches;
import dev.paddock.reach.match.RuleValues;
import dev.paddock.reach.match.UnusableFilterException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a packet rule in the three chains of an interface, as iptablesCreateRuleInstance and
 * iptablesCreateRuleInstanceStateCtrl create them: one for its direction, one for replies, and one for packets to the
 * host.
 */
final class PacketRules {
    private static final List<String> FIRST = List.of("NEW", "ESTABLISHED");
    private static final List<String> REPLIES = List.of("ESTABLISHED");

    private final FirewallBackend.Iptables backend;
    private final List<ChainRule> fromGuest = new ArrayList<>();
    private final List<ChainRule> toGuest = new ArrayList<>();
    private final List<ChainRule> toHost = new ArrayList<>();

    private PacketRules(FirewallBackend.Iptables backend) {
        this.backend = backend;
    }

    static PacketChains of(FirewallBackend.Iptables backend, List<RuleInstance> rules) {
        var lines = new PacketRules(backend);
        for (var instance : rules) {
            for (var values : VariableChoices.of(instance)) {
                if (instance.rule().matchesState() && !instance.rule().states().isEmpty()) {
                    lines.addWithStates(instance, values);
                } else {
                    lines.add(instance, values);
                }
            }
        }
        return new PacketChains(
                new FirewallChain(lines.fromGuest), new FirewallChain(lines.toGuest), new FirewallChain(lines.toHost));
    }

    private void add(RuleInstance instance, RuleValues values) {
        var rule = instance.rule();
        var isIn = rule.direction() != Direction.OUT;
        var isBoth = rule.direction() == Direction.INOUT;
        var asksState = rule.matchesState() && !isBoth;
        List<String> here = asksState ? (isIn ? REPLIES : FIRST) : List.of();
        List<String> back = asksState ? (isIn ? FIRST : REPLIES) : List.of();
        add(fromGuest, instance, values, isIn, here, true, isIn, ChainRule.Target.RETURN);
        add(toGuest, instance, values, !isIn, back, true, !isIn || isBoth, ChainRule.Target.ACCEPT);
        add(toHost, instance, values, isIn, here, true, isIn, ChainRule.Target.RETURN);
    }

    /**
     * A rule that names states is for its own direction only. NONE means all states, and other states beside it are
     * lost (parseStateMatch, virNWFilterPrintStateMatchFlags).
     */
    private void addWithStates(RuleInstance instance, RuleValues values) {
        var rule = instance.rule();
        List<String> states = rule.states().contains("NONE") ? List.of() : rule.states();
        var isIn = rule.direction() != Direction.OUT;
        var isBoth = rule.direction() == Direction.INOUT;
        if (!isIn || isBoth) {
            add(fromGuest, instance, values, isIn, states, false, isIn, ChainRule.Target.RETURN);
            add(toHost, instance, values, isIn, states, false, isIn, ChainRule.Target.RETURN);
        }
        if (isIn) {
            add(toGuest, instance, values, false, states, false, isBoth, ChainRule.Target.ACCEPT);
        }
    }

    private void add(
            List<ChainRule> chain,
            RuleInstance instance,
            RuleValues values,
            boolean isIn,
            List<String> states,
            boolean isDefault,
            boolean maySkipIcmp,
            ChainRule.Target accepting) {
        PacketMatches.of(values, isIn, states, isDefault, maySkipIcmp)
                .ifPresent(matches -> chain.add(new ChainRule.Decision(
                        matches, target(instance.rule().action(), accepting), instance.origin())));
    }

    private ChainRule.Target target(Verb action, ChainRule.Target accepting) {
        return switch (action) {
            case ACCEPT -> accepting;
            case DROP -> ChainRule.Target.DROP;
            case REJECT -> ChainRule.Target.REJECT;
            case RETURN -> ChainRule.Target.RETURN;
            case CONTINUE -> {
                // Newer iptables versions treat it as a missing target.
                if (!backend.takesContinue()) {
                    throw new UnusableFilterException(
                            "This iptables has no target CONTINUE, so that libvirt cannot carry out a"
                                    + " rule for packets with action continue.");
                }
                yield ChainRule.Target.CONTINUE;
            }
        };
    }
}
