package dev.paddock.reach.firewall;

import dev.paddock.nwfilter.document.FilterRule.Direction;
import dev.paddock.nwfilter.document.FilterRule.Verb;
import dev.paddock.reach.match.NftablesFrameMatches;
import dev.paddock.reach.match.RuleValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chains of one interface in the tables libvirt_nwfilter_ethernet and libvirt_nwfilter_inet, as
 * nftablesHandleCreateChains and nftablesRuleInstCommand create them.
 */
final class NftablesChains {
    private static final String ROOT = "root";

    private final FirewallBackend.Nftables backend;
    private final List<RuleInstance> rules;

    private NftablesChains(FirewallBackend.Nftables backend, List<RuleInstance> rules) {
        this.backend = backend;
        this.rules = rules;
    }

    static Firewall of(FirewallBackend.Nftables backend, List<RuleInstance> instances) {
        var chains = new NftablesChains(backend, ordered(instances));
        return new NftablesFirewall(chains.towards(Direction.OUT), chains.towards(Direction.IN));
    }

    /**
     * Unlike with ebtables, a rule takes the priority of its chain before the rules are sorted. So earlier rules keep
     * the order of the filter.
     */
    private static List<RuleInstance> ordered(List<RuleInstance> instances) {
        List<RuleInstance> ordered = new ArrayList<>(instances);
        ordered.replaceAll(instance -> !isRoot(instance) && instance.chainPriority() > instance.priority()
                ? instance.withPriority(instance.chainPriority())
                : instance);
        ordered.sort(Comparator.comparing((RuleInstance instance) -> !isRoot(instance))
                .thenComparingInt(RuleInstance::priority));
        return ordered;
    }

    private static boolean isRoot(RuleInstance instance) {
        return instance.chain().equals(ROOT);
    }

    private List<FirewallChain> towards(Direction way) {
        return List.of(frames(way), packets(way));
    }

    /** The jump to a chain comes before the first rule of the root chain whose priority is not lower. */
    private FirewallChain frames(Direction way) {
        Map<String, List<ChainRule>> chains = new LinkedHashMap<>();
        Map<String, Integer> priorities = new LinkedHashMap<>();
        for (var instance : rules) {
            if (isRoot(instance)) {
                continue;
            }
            priorities.putIfAbsent(instance.chain(), instance.chainPriority());
            if (instance.rule().isForFrames() && isFor(instance, way)) {
                chains.computeIfAbsent(instance.chain(), name -> new ArrayList<>())
                        .addAll(frameLines(instance, way));
            }
        }
        var branches = priorities.keySet().stream()
                .sorted(Comparator.comparingInt(name -> priorities.getOrDefault(name, 0)))
                .toList();
        var root = rules.stream()
                .filter(instance -> isRoot(instance) && instance.rule().isForFrames())
                .toList();
        List<ChainRule> lines = new ArrayList<>();
        var next = 0;
        for (var branch : branches) {
            while (next < root.size() && root.get(next).priority() < priorities.getOrDefault(branch, 0)) {
                lines.addAll(frameLines(root.get(next++), way));
            }
            if (chains.containsKey(branch)) {
                lines.add(new ChainRule.Jump(FrameChains.kind(branch), new FirewallChain(chains.get(branch)), true));
            }
        }
        root.subList(next, root.size()).forEach(instance -> lines.addAll(frameLines(instance, way)));
        return new FirewallChain(lines);
    }

    private static boolean isFor(RuleInstance instance, Direction way) {
        var direction = instance.rule().direction();
        return direction == way || direction == Direction.INOUT;
    }

    private static List<ChainRule> frameLines(RuleInstance instance, Direction way) {
        List<ChainRule> lines = new ArrayList<>();
        if (isFor(instance, way)) {
            var reversed = instance.rule().direction() == Direction.INOUT && way == Direction.OUT;
            for (var values : VariableChoices.of(instance)) {
                lines.add(new ChainRule.Decision(
                        NftablesFrameMatches.of(values, reversed), target(instance), instance.origin()));
            }
        }
        return lines;
    }

    /** All packet rules are in one chain, whichever chain their filter names. */
    private FirewallChain packets(Direction way) {
        List<ChainRule> lines = new ArrayList<>();
        for (var instance : rules) {
            var rule = instance.rule();
            if (rule.isForFrames()) {
                continue;
            }
            for (var values : VariableChoices.of(instance)) {
                if (isFor(instance, way)) {
                    lines.add(packetLine(instance, values, way, false));
                } else if (NftablesPacketMatches.asksState(rule) && rule.action() == Verb.ACCEPT) {
                    lines.add(packetLine(instance, values, way, true));
                }
            }
        }
        return new FirewallChain(lines);
    }

    /**
     * Return the line of a packet rule.
     *
     * @param isReply whether the line is for replies, in the other direction than the rule
     */
    private ChainRule packetLine(RuleInstance instance, RuleValues values, Direction way, boolean isReply) {
        return new ChainRule.Decision(
                NftablesPacketMatches.of(backend, values, way == Direction.IN, isReply),
                target(instance),
                instance.origin());
    }

    /** Nothing can be rejected at a bridge, so libvirt drops instead. */
    private static ChainRule.Target target(RuleInstance instance) {
        return switch (instance.rule().action()) {
            case ACCEPT -> ChainRule.Target.ACCEPT;
            case DROP, REJECT -> ChainRule.Target.DROP;
            case RETURN -> ChainRule.Target.RETURN;
            case CONTINUE -> ChainRule.Target.CONTINUE;
        };
    }
}
