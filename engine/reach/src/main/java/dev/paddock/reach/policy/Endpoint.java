package dev.paddock.reach.policy;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.net.IpAddress;
import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.matrix.GuestScenario;
import dev.paddock.reach.matrix.InterfaceContext;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.matrix.Peers;
import java.util.List;

/**
 * An interface whose traffic is evaluated.
 *
 * @param name its name on the command line and in {@code expect}
 * @param assumed values that were not given and come from the network: {@code IP=192.168.101.10}
 */
public record Endpoint(String name, InterfaceContext setting, List<String> assumed) {
    public Endpoint {
        assumed = List.copyOf(assumed);
    }

    /** Return the location in words. */
    public String where() {
        return "on the network " + setting.network().name()
                + setting.filter()
                        .map(filter -> ", behind the filter " + filter)
                        .orElse(", behind no filter");
    }

    /** Return the VM behind its filter, ready to evaluate traffic. */
    public GuestScenario scenario() throws EndpointException {
        return switch (setting.settled()) {
            case FirewallBuild.Ready ready -> setting.scene(ready.firewall());
            case FirewallBuild.Learning learning ->
                throw new IllegalStateException("An address is learned twice. This is a bug in this tool.");
            case FirewallBuild.Refused why ->
                throw new EndpointException(Diagnostic.error(
                        Code.FILTER_UNUSABLE,
                        "libvirt could not carry out the filter of " + name + ". " + why.reason(),
                        "Declare what is missing, or give the variables values with --parameter NAME=VALUE."));
        };
    }

    /** Return the peers of a name: one, or one for each address of a host name in the VM's filter. */
    public List<Peer> peers(GuestScenario scenario, String peerName) throws EndpointException {
        var known = Peers.of(scenario.network(), scenario.neighbor());
        var one = known.stream()
                .filter(peer -> peer.name().equals(peerName))
                .findFirst()
                .or(() -> IpAddress.parse(peerName).map(address -> Peer.at(scenario.network(), address)));
        if (one.isPresent()) {
            return List.of(one.get());
        }
        var named = setting.addresses(peerName);
        if (named.isEmpty()) {
            throw new EndpointException(Diagnostic.error(
                    Code.NOTHING_SELECTED,
                    "'" + peerName + "' is nobody that is known here, no address, and no name in the filter.",
                    "Use an address or one of: "
                            + String.join(", ", known.stream().map(Peer::name).toList()) + "."));
        }
        // A name often has addresses of a family that the network does not have.
        var reachable = named.stream()
                .filter(address -> scenario.network().gateway(address.isSix()).isPresent())
                .toList();
        return (reachable.isEmpty() ? named : reachable)
                .stream()
                        .map(address -> Peer.at(scenario.network(), peerName, address))
                        .toList();
    }
}
