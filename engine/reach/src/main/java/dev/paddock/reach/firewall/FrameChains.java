package dev.paddock.reach.firewall;

import dev.paddock.api.net.MacAddress;
import dev.paddock.nwfilter.document.FilterRule.Direction;
import dev.paddock.nwfilter.document.FilterRule.Verb;
import dev.paddock.reach.match.FrameMatches;
import dev.paddock.reach.match.UnusableFilterException;
import dev.paddock.reach.packet.EtherType;
import dev.paddock.reach.packet.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The ebtables chains for one direction: the root chain and its branches. */
final class FrameChains {
    /** The frames that chains are for, by the prefix of the chain's name. No prefix is the start of another. */
    private static final Map<String, Predicate<Frame>> KINDS = Map.of(
            "mac", frame -> true,
            "stp", frame -> frame.destination().equals(MacAddress.BRIDGES),
            "vlan", frame -> frame.outerType() == EtherType.VLAN,
            "arp", frame -> frame.outerType() == EtherType.ARP,
            "rarp", frame -> frame.outerType() == EtherType.RARP,
            "ipv4", frame -> frame.outerType() == EtherType.IPV4,
            "ipv6", frame -> frame.outerType() == EtherType.IPV6);

    private FrameChains() {}

    /** Another chain, and the priority of its jump in the root chain. */
    private record Branch(int priority, ChainRule.Jump jump) {}

    /**
     * Build the chains for one direction.
     *
     * @param rules the rules for frames, in order
     * @param way OUT for what the VM sends, IN for what it receives
     */
    static FirewallChain of(List<RuleInstance> rules, Direction way) {
        Map<String, List<ChainRule>> chains = new LinkedHashMap<>();
        Map<String, Integer> priorities = new LinkedHashMap<>();
        var mine = rules.stream()
                .filter(instance ->
                        instance.rule().direction() == way || instance.rule().direction() == Direction.INOUT)
                .toList();
        for (var instance : mine) {
            priorities.put(instance.chain(), instance.chainPriority());
            if (!instance.chain().equals("root")) {
                chains.computeIfAbsent(instance.chain(), name -> new ArrayList<>())
                        .addAll(lines(instance, way));
            }
        }
        List<Branch> branches = new ArrayList<>();
        chains.forEach((name, lines) -> branches.add(new Branch(
                priorities.getOrDefault(name, 0), new ChainRule.Jump(kind(name), new FirewallChain(lines), false))));
        branches.sort(Comparator.comparingInt(Branch::priority));
        return new FirewallChain(root(rules, way, branches));
    }

    /**
     * The jump to a branch comes before the first rule whose priority is not lower. Rules of the other direction count
     * as well, as libvirt creates both directions together.
     */
    private static List<ChainRule> root(List<RuleInstance> rules, Direction way, List<Branch> branches) {
        List<ChainRule> root = new ArrayList<>();
        var next = 0;
        for (var instance : rules) {
            while (next < branches.size() && branches.get(next).priority() <= instance.priority()) {
                root.add(branches.get(next++).jump());
            }
            var direction = instance.rule().direction();
            if (instance.chain().equals("root") && (direction == way || direction == Direction.INOUT)) {
                root.addAll(lines(instance, way));
            }
        }
        branches.subList(next, branches.size()).forEach(branch -> root.add(branch.jump()));
        return root;
    }

    private static List<ChainRule> lines(RuleInstance instance, Direction way) {
        var reversed = instance.rule().direction() == Direction.INOUT && way == Direction.OUT;
        List<ChainRule> lines = new ArrayList<>();
        for (var values : VariableChoices.of(instance)) {
            lines.add(new ChainRule.Decision(
                    FrameMatches.of(values, reversed), target(instance.rule().action()), instance.origin()));
        }
        return lines;
    }

    /** ebtables cannot reject, so libvirt drops instead. */
    private static ChainRule.Target target(Verb action) {
        return switch (action) {
            case ACCEPT -> ChainRule.Target.ACCEPT;
            case DROP, REJECT -> ChainRule.Target.DROP;
            case RETURN -> ChainRule.Target.RETURN;
            case CONTINUE -> ChainRule.Target.CONTINUE;
        };
    }

    /** Return which frames a chain of this name sees. */
    static Predicate<Frame> kind(String chain) {
        return KINDS.entrySet().stream()
                .filter(kind -> chain.startsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new UnusableFilterException("libvirt knows no chain '" + chain + "'."));
    }
}
