package dev.paddock.reach.policy;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.net.Subnet;
import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.nwfilter.document.FilterEntry;
import dev.paddock.reach.firewall.FirewallBackend;
import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.matrix.InterfaceContext;
import dev.paddock.reach.matrix.LinkLocal;
import dev.paddock.reach.matrix.PeerNetwork;
import dev.paddock.reach.matrix.Peers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The interfaces of a topology: those of its VMs, and those that a VM on a network could have. */
public final class Endpoints {
    /** A MAC address for hypothetical interfaces. */
    private static final MacAddress NOBODY = MacAddress.of("52:54:00:70:00:02");

    /** The variable for the host's addresses in the shipped filters. */
    private static final String HOST = "HOST";

    private final NetworkTopology landscape;
    private final Map<String, FilterDefinition> filters;
    private final FirewallBackend backend;

    public Endpoints(NetworkTopology landscape) {
        this.landscape = landscape;
        this.filters = landscape.definitions();
        this.backend = BackendNames.of(landscape.backend());
    }

    public Map<String, FilterDefinition> filters() {
        return filters;
    }

    /**
     * Return the interfaces of all VMs and pools on known networks: {@code vm/dev}, {@code vm/dev#2},
     * {@code pool/agents}.
     */
    public List<Endpoint> guests() {
        List<Endpoint> all = new ArrayList<>();
        landscape.guests().forEach((name, document) -> {
            var number = 0;
            for (var element : NetworkTopology.interfaces(document)) {
                number++;
                var label = name + (number == 1 ? "" : "#" + number);
                guest(label, element).ifPresent(all::add);
            }
        });
        return all;
    }

    /**
     * Return all interfaces to evaluate by default: those of VMs; without VMs, each filter that no other one uses on
     * each network, and each network without a filter.
     */
    public List<Endpoint> all() {
        var guests = guests();
        if (!guests.isEmpty()) {
            return guests;
        }
        List<Endpoint> all = new ArrayList<>();
        for (var network : landscape.networks().keySet()) {
            for (var filter : outermost()) {
                at(Optional.of(filter), network, Map.of()).ifPresent(all::add);
            }
        }
        for (var network : landscape.networks().keySet()) {
            at(Optional.empty(), network, Map.of()).ifPresent(all::add);
        }
        return all;
    }

    /** Return the interface with this name: {@code vm/dev}, {@code dev}, {@code FILTER@NETWORK} or {@code @NETWORK}. */
    public Optional<Endpoint> named(String name, Map<String, List<String>> parameters) {
        var at = name.lastIndexOf('@');
        if (at >= 0) {
            var filter = Optional.of(name.substring(0, at)).filter(text -> !text.isEmpty());
            return at(filter, name.substring(at + 1), parameters);
        }
        return guests().stream()
                .filter(guest -> guest.name().equals(name)
                        || NetworkTopology.GUESTS.stream()
                                .anyMatch(kind -> guest.name().equals(kind + "/" + name)))
                .findFirst();
    }

    /** Return the filters that no other filter of the topology uses. */
    private List<String> outermost() {
        Set<String> used = new LinkedHashSet<>();
        landscape.filters().keySet().forEach(name -> {
            var filter = filters.get(name);
            if (filter != null) {
                filter.entries().forEach(entry -> {
                    if (entry instanceof FilterEntry.Reference reference) {
                        used.add(reference.filter());
                    }
                });
            }
        });
        return landscape.filters().keySet().stream()
                .filter(name -> !used.contains(name))
                .toList();
    }

    private Optional<Endpoint> guest(String label, Element element) {
        var source = element.child("source").flatMap(found -> found.attribute("network"));
        var document = source.map(landscape.networks()::get);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        var network = PeerNetwork.of(document.get());
        var mac = element.child("mac")
                .flatMap(found -> found.attribute("address"))
                .flatMap(MacAddress::parse)
                .orElse(NOBODY);
        var filterref = element.child("filterref");
        var isolated = element.child("port")
                .flatMap(found -> found.attribute("isolated"))
                .filter("yes"::equals)
                .isPresent();
        return Optional.of(new Endpoint(
                label,
                new InterfaceContext(
                        network,
                        filterref.flatMap(found -> found.attribute("filter")),
                        filterref.map(FilterDefinition::parameters).orElse(Map.of()),
                        mac,
                        reservation(document.get(), mac),
                        isolated,
                        filters,
                        backend),
                List.of()));
    }

    /** Return the address that the network's DHCP server reserves for an interface. */
    private static Optional<IpAddress> reservation(Element network, MacAddress mac) {
        for (var ip : network.children("ip")) {
            for (var dhcp : ip.children("dhcp")) {
                for (var host : dhcp.children("host")) {
                    if (host.attribute("mac")
                            .flatMap(MacAddress::parse)
                            .filter(mac::equals)
                            .isPresent()) {
                        return host.attribute("ip").flatMap(IpAddress::parse);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A VM that does not exist yet gets the parameters of its filter from the network, as far as possible. */
    private Optional<Endpoint> at(Optional<String> filter, String name, Map<String, List<String>> parameters) {
        var document = Optional.ofNullable(landscape.networks().get(name));
        return document.map(element -> {
            var network = PeerNetwork.of(element);
            Map<String, List<String>> given = new LinkedHashMap<>(parameters);
            List<String> assumed = new ArrayList<>();
            var known = known(network);
            for (var variable : missing(setting(network, filter, given))) {
                var value = known.get(variable);
                if (value != null) {
                    given.put(variable, List.of(value));
                    assumed.add(variable + "=" + value);
                }
            }
            // A filter that uses HOST gets the addresses of the host if none are given.
            if (!given.containsKey(HOST) && setting(network, filter, given).uses(HOST)) {
                given.put(HOST, hosts());
                assumed.add(HOST + "=" + String.join(",", hosts()));
            }
            return new Endpoint(filter.orElse("") + "@" + name, setting(network, filter, given), assumed);
        });
    }

    /** The host's address in matrices, and its real addresses. */
    private List<String> hosts() {
        List<String> all = new ArrayList<>(List.of(Peers.publicHost().address().toString()));
        all.addAll(landscape.hostAddresses().orElse(List.of()));
        return all;
    }

    private InterfaceContext setting(
            PeerNetwork network, Optional<String> filter, Map<String, List<String>> parameters) {
        return new InterfaceContext(network, filter, parameters, NOBODY, Optional.empty(), false, filters, backend);
    }

    private static List<String> missing(InterfaceContext setting) {
        return switch (setting.build()) {
            case FirewallBuild.Ready ready -> List.of();
            case FirewallBuild.Learning learning -> List.of("IP");
            case FirewallBuild.Refused refused -> refused.missingVariables();
        };
    }

    private static Map<String, String> known(PeerNetwork network) {
        Map<String, String> known = new TreeMap<>();
        network.gateway(false).ifPresent(gateway -> {
            var first = network.firstLease().orElse(gateway.first().plus(10));
            known.put("IP", first.toString());
            known.put("GATEWAY", gateway.address().toString());
            known.put("DHCPSERVER", gateway.address().toString());
            known.put("SUBNET", gateway.first().toString());
            known.put("PREFIX", Integer.toString(gateway.prefix()));
        });
        network.gateway(true)
                .map(Subnet::first)
                .ifPresent(first -> known.put(
                        "IPV6",
                        new IpAddress(true, first.high(), LinkLocal.of(NOBODY).low()).toString()));
        return known;
    }
}
