package dev.paddock.network.schema;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds errors that the schema of a network cannot see, because they concern more than one key. libvirt would reject
 * all of them, most without a position.
 */
public final class NetworkMistakes {
    private static final Set<String> NEEDS_ADDRESS = Set.of("nat", "route", "open");
    private static final List<String> OF_ADDRESS = List.of("netmask", "prefix", "family", "localPtr", "tftp", "dhcp");
    private static final List<String> OF_OWN_BRIDGE = List.of("mac", "mtu", "domain", "address", "ips");

    private NetworkMistakes() {}

    public static List<Diagnostic> of(Value.Mapping mapping) {
        List<Diagnostic> mistakes = new ArrayList<>();
        var network = new SpecReader(mapping, mistakes);
        network.mapping("forward").ifPresent(NetworkMistakes::forward);
        var mode = new ForwardMode(network.mapping("forward")
                .map(forward -> forward.text("mode").orElse("nat"))
                .orElse("none"));
        var ips = Stream.concat(
                        network.has("address") ? Stream.of(network) : Stream.empty(), network.list("ips").stream())
                .toList();
        if (!network.has("address")) {
            OF_ADDRESS.stream()
                    .filter(network::has)
                    .forEach(key -> network.conflict(
                            key,
                            "'" + key + "' tells of an address, and there is none beside it.",
                            "Add address, or move '" + key + "' to one of ips."));
        }
        if (NEEDS_ADDRESS.contains(mode.name()) && ips.isEmpty()) {
            network.missing(
                    "A network with forward mode '" + mode.name() + "' has to have an address.",
                    "Add address, for example 192.168.122.1/24.");
        }
        if (!mode.hasOwnBridge()) {
            OF_OWN_BRIDGE.stream()
                    .filter(network::has)
                    .forEach(key -> network.conflict(
                            key,
                            "With forward mode '" + mode.name() + "', libvirt makes no bridge of its own, so there is"
                                    + " nothing that could have '" + key + "'.",
                            "Remove '" + key + "', or choose another mode."));
        }
        network.mapping("dns").ifPresent(NetworkMistakes::dns);
        AddressMistakes.find(ips, network.list("routes"));
        return mistakes;
    }

    private static void forward(SpecReader forward) {
        var mode = forward.text("mode").orElse("nat");
        for (var key : List.of("nat", "ports")) {
            if (forward.has(key) && !mode.equals("nat")) {
                forward.conflict(
                        key,
                        "Addresses are translated with forward mode 'nat' only, not with '" + mode + "'.",
                        "Remove '" + key + "', or choose mode nat.");
            }
        }
        if (forward.has("ports")
                && forward.mapping("nat").filter(nat -> nat.has("ports")).isPresent()) {
            forward.conflict("ports", "The ports are given twice, here and below nat.", "Keep one of the two.");
        }
        if (mode.equals("none")) {
            forward.mapping().entries().keySet().stream()
                    .filter(key -> !List.of("mode", "nat", "ports").contains(key))
                    .forEach(key -> forward.conflict(
                            key,
                            "A network with forward mode 'none' has no way out, so it has no '" + key + "'.",
                            "Remove '" + key + "', or choose another mode."));
        }
        if (forward.has("managed") && !mode.equals("hostdev")) {
            forward.conflict(
                    "managed",
                    "libvirt ignores 'managed' with any forward mode but 'hostdev'.",
                    "Remove 'managed', or choose mode hostdev.");
        }
        var pools =
                Stream.of("pf", "addresses", "interfaces").filter(forward::has).toList();
        if (pools.size() > 1) {
            forward.conflict(
                    pools.getFirst(),
                    "Of pf, interfaces and addresses, only one can make up the pool of devices.",
                    "Keep one of " + String.join(" and ", pools) + ".");
        }
        if (forward.has("dev") && (forward.has("pf") || forward.has("addresses"))) {
            forward.conflict("dev", "'dev' names a device, and so does the pool of devices.", "Keep one of the two.");
        }
    }

    private static void dns(SpecReader dns) {
        if (!dns.text("enable").orElse("yes").equals("no")) {
            return;
        }
        Stream.of("forwarders", "txts", "srvs", "hosts")
                .filter(dns::has)
                .forEach(key -> dns.conflict(
                        key,
                        "There is no DNS server, as 'enable' says, that could know of '" + key + "'.",
                        "Remove '" + key + "', or leave DNS enabled."));
    }
}
