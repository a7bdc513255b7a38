package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.net.Subnet;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.nwfilter.document.FilterEntry;
import dev.paddock.nwfilter.document.FilterRule;
import dev.paddock.nwfilter.protocol.CanonicalValue;
import dev.paddock.reach.firewall.Firewall;
import dev.paddock.reach.firewall.FirewallBackend;
import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.firewall.FirewallBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The facts about an interface that an evaluation starts from.
 *
 * @param filter the filter that it names
 * @param parameters the values that it gives to the filter
 * @param address its address, if known
 * @param backend the backend that carries out filters on the host
 */
public record InterfaceContext(
        PeerNetwork network,
        Optional<String> filter,
        Map<String, List<String>> parameters,
        MacAddress mac,
        Optional<IpAddress> address,
        boolean isIsolated,
        Map<String, FilterDefinition> filters,
        FirewallBackend backend) {
    private static final MacAddress HOST = MacAddress.of("52:54:00:70:00:01");
    private static final MacAddress NEIGHBOR = MacAddress.of("52:54:00:70:00:03");
    private static final int MOST_PORTS = 8;

    public InterfaceContext {
        parameters = Map.copyOf(parameters);
        filters = Map.copyOf(filters);
    }

    /** Return the firewall that libvirt builds from the filter. An address that libvirt has to learn is missing. */
    public FirewallBuild build() {
        return filter.map(name -> new FirewallBuilder(filters, mac, backend).build(name, parameters))
                .orElse(new FirewallBuild.Ready(Firewall.NONE));
    }

    /** Return the firewall after the address has been learned, or the reason why there is none. */
    public FirewallBuild settled() {
        return switch (build()) {
            case FirewallBuild.Ready ready -> ready;
            case FirewallBuild.Refused refused -> refused;
            case FirewallBuild.Learning learning ->
                new FirewallBuilder(filters, mac, backend).build(filter.orElseThrow(), settledParameters());
        };
    }

    /** Return the parameters, with the address that libvirt would learn. */
    public Map<String, List<String>> settledParameters() {
        return switch (build()) {
            case FirewallBuild.Ready ready -> parameters;
            case FirewallBuild.Refused refused -> parameters;
            case FirewallBuild.Learning learning -> {
                Map<String, List<String>> learned = new LinkedHashMap<>(parameters);
                learned.put("IP", List.of(guestAddress().toString()));
                yield learned;
            }
        };
    }

    /** Return the scenario with this firewall and an unfiltered neighbor. */
    public GuestScenario scene(Firewall firewall) {
        var four = network.gateway(false).isPresent() || address.isPresent()
                ? Optional.of(guestAddress())
                : Optional.<IpAddress>empty();
        var guest = new ProbePort(mac, four, six(mac), firewall, isIsolated || network.isolatesPorts());
        var neighbor = new ProbePort(
                NEIGHBOR, four.map(this::beside), six(NEIGHBOR), Firewall.NONE, isIsolated || network.isolatesPorts());
        return new GuestScenario(network, guest, neighbor, HOST);
    }

    /**
     * Return the traffic to evaluate: common services, what the filter names, and an example of what it does not name.
     */
    public List<Traffic> traffic() {
        Set<Integer> tcp = new TreeSet<>(Set.of(22, 80, 443));
        Set<Integer> udp = new TreeSet<>(Set.of(53));
        for (var rule : rules()) {
            switch (rule.protocol().orElse("")) {
                case "tcp", "tcp-ipv6" -> port(rule, tcp);
                case "udp", "udp-ipv6" -> port(rule, udp);
                default -> {}
            }
        }
        Set<Traffic> all = new LinkedHashSet<>();
        tcp.forEach(port -> all.add(new Traffic.Tcp(port)));
        all.add(new Traffic.Tcp(unnamed(tcp)));
        udp.forEach(port -> all.add(new Traffic.Udp(port)));
        all.add(new Traffic.Udp(unnamed(udp)));
        all.add(new Traffic.Ping());
        return List.copyOf(all);
    }

    private static void port(FilterRule rule, Set<Integer> ports) {
        Optional.ofNullable(rule.attributes().get("dstportstart"))
                .filter(text -> text.matches("[0-9]{1,5}") && ports.size() < MOST_PORTS)
                .map(Integer::valueOf)
                .filter(number -> number < 65_536 && number != 67 && number != 68)
                .ifPresent(ports::add);
    }

    private static int unnamed(Set<Integer> named) {
        var port = 8443;
        while (named.contains(port)) {
            port++;
        }
        return port;
    }

    /** Return the peers that rules of the filter name by a single address. */
    public List<Peer> named() {
        Set<IpAddress> all = new LinkedHashSet<>();
        rules().forEach(rule -> all.addAll(named(rule)));
        return all.stream().map(address -> Peer.at(network, address)).toList();
    }

    /** Return the addresses of the rules that were generated from this host name. */
    public List<IpAddress> addresses(String name) {
        Set<IpAddress> all = new LinkedHashSet<>();
        for (var rule : rules()) {
            rule.mark().ifPresent(mark -> mark.names().forEach((attribute, named) -> {
                if (named.equalsIgnoreCase(name)) {
                    all.addAll(named(rule, attribute));
                }
            }));
        }
        return List.copyOf(all);
    }

    private Set<IpAddress> named(FilterRule rule) {
        Set<IpAddress> all = new LinkedHashSet<>();
        for (var attribute : List.of("srcipaddr", "dstipaddr")) {
            all.addAll(named(rule, attribute));
        }
        return all;
    }

    private List<IpAddress> named(FilterRule rule, String attribute) {
        var mask = rule.attributes().get(attribute.replace("addr", "mask"));
        return mask == null || mask.equals("32") || mask.equals("128")
                ? values(rule, attribute).stream()
                        .flatMap(value -> IpAddress.parse(value).stream())
                        .toList()
                : List.of();
    }

    private List<String> values(FilterRule rule, String attribute) {
        var said = Optional.ofNullable(rule.attributes().get(attribute));
        return said.flatMap(CanonicalValue::variable)
                .map(use -> parameters.getOrDefault(use.name(), List.of()))
                .orElseGet(() -> said.stream().toList());
    }

    /** Return whether the filter, or one that it refers to, uses a variable. */
    public boolean uses(String variable) {
        return rules().stream()
                .flatMap(rule -> rule.attributes().values().stream())
                .flatMap(value -> CanonicalValue.variable(value).stream())
                .anyMatch(use -> use.name().equals(variable));
    }

    private List<FilterRule> rules() {
        List<FilterRule> rules = new ArrayList<>();
        filter.ifPresent(name -> collect(name, new LinkedHashSet<>(), rules));
        return rules;
    }

    private void collect(String name, Set<String> seen, List<FilterRule> rules) {
        var definition = filters.get(name);
        if (definition == null || !seen.add(name)) {
            return;
        }
        for (var entry : definition.entries()) {
            switch (entry) {
                case FilterEntry.Reference reference -> collect(reference.filter(), seen, rules);
                case FilterEntry.One one -> rules.add(one.rule());
            }
        }
    }

    /** Return the address of the VM: the given one, that of its parameter IP, or the first DHCP lease. */
    private IpAddress guestAddress() {
        return address.or(() -> Optional.ofNullable(parameters.get("IP"))
                        .flatMap(values -> values.stream().findFirst())
                        .flatMap(IpAddress::parse))
                .or(network::firstLease)
                .or(() -> network.gateway(false).map(subnet -> subnet.first().plus(10)))
                .orElse(IpAddress.ANY);
    }

    private IpAddress beside(IpAddress mine) {
        var next = mine.plus(1);
        return network.holds(next) && !network.isHost(next) ? next : mine.plus(-1);
    }

    private Optional<IpAddress> six(MacAddress of) {
        return network.gateway(true)
                .map(Subnet::first)
                .map(first -> new IpAddress(true, first.high(), LinkLocal.of(of).low()))
                .or(() -> Optional.of(LinkLocal.of(of)));
    }
}
