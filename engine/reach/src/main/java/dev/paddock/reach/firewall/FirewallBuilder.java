package dev.paddock.reach.firewall;

import dev.paddock.api.net.MacAddress;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.nwfilter.document.FilterEntry;
import dev.paddock.nwfilter.document.FilterRule.Direction;
import dev.paddock.nwfilter.protocol.CanonicalValue;
import dev.paddock.nwfilter.protocol.VariableUse;
import dev.paddock.reach.match.UnusableFilterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the firewall of an interface from a filter, as virNWFilterDoInstantiate and ebiptablesApplyNewRules or
 * nftablesApplyNewRules do.
 */
public final class FirewallBuilder {
    private static final String IP = "IP";
    private static final String LEARNING = "CTRL_IP_LEARNING";

    private final Map<String, FilterDefinition> filters;
    private final MacAddress mac;
    private final FirewallBackend backend;

    /**
     * Create a builder.
     *
     * @param filters all filters, by name
     * @param mac the address of the interface
     * @param backend the backend of the host
     */
    public FirewallBuilder(Map<String, FilterDefinition> filters, MacAddress mac, FirewallBackend backend) {
        this.filters = Map.copyOf(filters);
        this.mac = mac;
        this.backend = backend;
    }

    /** Build the firewall of a filter with the parameters of the interface. */
    public FirewallBuild build(String filter, Map<String, List<String>> given) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(given);
        parameters.putIfAbsent("MAC", List.of(mac.toString()));
        try {
            var instances = instances(filter, parameters);
            var missing = missing(instances);
            if (missing.equals(Set.of(IP))) {
                return learning(parameters);
            }
            if (!missing.isEmpty()) {
                return new FirewallBuild.Refused(
                        "The filter '" + filter + "' uses variables that the interface gives no value: "
                                + String.join(", ", missing) + ".",
                        List.copyOf(missing));
            }
            return new FirewallBuild.Ready(
                    switch (backend) {
                        case FirewallBackend.Iptables iptables -> firewall(iptables, ordered(instances));
                        case FirewallBackend.Nftables nftables -> NftablesChains.of(nftables, instances);
                    });
        } catch (UnusableFilterException unusable) {
            return new FirewallBuild.Refused(unusable.reason(), List.of());
        }
    }

    private FirewallBuild learning(Map<String, List<String>> parameters) {
        var how = Optional.ofNullable(parameters.get(LEARNING))
                .map(List::getFirst)
                .orElse("any")
                .toLowerCase(Locale.ROOT);
        return switch (how) {
            case "any" -> new FirewallBuild.Learning("any", StockFirewalls.untilFirstPacket(mac, backend));
            case "dhcp" ->
                new FirewallBuild.Learning(
                        "dhcp",
                        StockFirewalls.untilLease(mac, parameters.getOrDefault("DHCPSERVER", List.of()), backend));
            default ->
                new FirewallBuild.Refused(
                        "The interface gives no value for IP, and lets none be learned.", List.of(IP));
        };
    }

    private List<RuleInstance> instances(String filter, Map<String, List<String>> parameters) {
        List<RuleInstance> all = new ArrayList<>();
        collect(filter, parameters, new LinkedHashSet<>(), all);
        return all;
    }

    /** The parameters of a reference are only defaults: values from further outside take precedence. */
    private void collect(String name, Map<String, List<String>> variables, Set<String> within, List<RuleInstance> all) {
        var filter = filters.get(name);
        if (filter == null) {
            throw new UnusableFilterException("There is no filter '" + name + "'.");
        }
        if (!within.add(name)) {
            throw new UnusableFilterException("The filter '" + name + "' refers to itself.");
        }
        for (var entry : filter.entries()) {
            switch (entry) {
                case FilterEntry.One one ->
                    all.add(new RuleInstance(
                            filter.name(),
                            filter.chain(),
                            filter.chainPriority(),
                            one.rule().priority(),
                            one.rule(),
                            variables));
                case FilterEntry.Reference reference -> {
                    Map<String, List<String>> inner = new LinkedHashMap<>(reference.parameters());
                    inner.putAll(variables);
                    collect(reference.filter(), inner, within, all);
                }
            }
        }
        within.remove(name);
    }

    private static Set<String> missing(List<RuleInstance> instances) {
        Set<String> missing = new LinkedHashSet<>();
        for (var instance : instances) {
            for (var value : instance.rule().attributes().values()) {
                CanonicalValue.variable(value)
                        .filter(use -> !isAvailable(use, instance.variables()))
                        .ifPresent(use ->
                                missing.add(use.iterates() ? use.name() : use.name() + "[" + use.number() + "]"));
            }
        }
        return missing;
    }

    private static boolean isAvailable(VariableUse use, Map<String, List<String>> variables) {
        var values = variables.getOrDefault(use.name(), List.of());
        return use.iterates() ? !values.isEmpty() : use.number() < values.size();
    }

    /** Rules of the root chain come first, as the other chains depend on it; then rules of lower priority. */
    private static List<RuleInstance> ordered(List<RuleInstance> instances) {
        List<RuleInstance> ordered = new ArrayList<>(instances);
        ordered.sort((one, other) -> {
            var byRoot = Boolean.compare(isRoot(other), isRoot(one));
            return byRoot != 0 ? byRoot : Integer.compare(one.priority(), other.priority());
        });
        ordered.replaceAll(instance -> !isRoot(instance) && instance.chainPriority() > instance.priority()
                ? instance.withPriority(instance.chainPriority())
                : instance);
        return ordered;
    }

    private static boolean isRoot(RuleInstance instance) {
        return instance.chain().equals("root");
    }

    private static Firewall firewall(FirewallBackend.Iptables backend, List<RuleInstance> instances) {
        var frames = instances.stream()
                .filter(instance -> instance.rule().isForFrames())
                .toList();
        return new IptablesFirewall(
                FrameChains.of(frames, Direction.OUT),
                FrameChains.of(frames, Direction.IN),
                packets(backend, instances, false),
                packets(backend, instances, true));
    }

    private static Optional<PacketChains> packets(
            FirewallBackend.Iptables backend, List<RuleInstance> instances, boolean isSix) {
        var mine = instances.stream()
                .filter(instance ->
                        !instance.rule().isForFrames() && instance.rule().isForSix() == isSix)
                .toList();
        return mine.isEmpty() ? Optional.empty() : Optional.of(PacketRules.of(backend, mine));
    }
}
