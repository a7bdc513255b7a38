package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.Subnet;
import java.util.ArrayList;
import java.util.List;

/** The peers that a VM may want to reach, each with an example address. */
public final class Peers {
    /** Documentation addresses (RFC 5737, RFC 3849), which no filter has a reason to name. */
    private static final IpAddress INTERNET = IpAddress.of("203.0.113.80");

    private static final IpAddress INTERNET_SIX = IpAddress.of("2001:db8:ffff::80");
    private static final IpAddress PUBLIC_HOST = IpAddress.of("198.51.100.1");

    private static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    private Peers() {}

    public static Peer internet(boolean isSix) {
        return isSix
                ? new Peer("internet (IPv6)", Peer.Where.BEYOND, INTERNET_SIX)
                : new Peer("internet", Peer.Where.BEYOND, INTERNET);
    }

    /** Return the host at an address outside of the network. */
    public static Peer publicHost() {
        return new Peer("host", Peer.Where.HOST, PUBLIC_HOST);
    }

    /** Return all peers that have a row in a matrix. */
    public static List<Peer> of(PeerNetwork network, ProbePort neighbor) {
        List<Peer> peers = new ArrayList<>();
        network.gateway(false).ifPresent(gateway -> peers.add(new Peer("gateway", Peer.Where.HOST, gateway.address())));
        peers.add(publicHost());
        neighbor.four().ifPresent(address -> peers.add(new Peer("guests", Peer.Where.NEIGHBOR, address)));
        for (var subnet : PRIVATE) {
            peers.add(new Peer(subnet, Peer.Where.BEYOND, outside(network, Subnet.of(subnet))));
        }
        peers.add(new Peer("link-local", Peer.Where.BEYOND, IpAddress.of("169.254.7.7")));
        peers.add(new Peer("metadata", Peer.Where.BEYOND, IpAddress.of("169.254.169.254")));
        peers.add(internet(false));
        peers.add(new Peer(
                "gateway (IPv6)",
                Peer.Where.HOST,
                network.gateway(true).map(Subnet::address).orElse(IpAddress.of("fe80::1"))));
        peers.add(new Peer(
                "guests (IPv6)", Peer.Where.NEIGHBOR, neighbor.six().orElseGet(() -> LinkLocal.of(neighbor.mac()))));
        peers.add(internet(true));
        return peers;
    }

    /** Return an address of a range that is outside of the network. */
    private static IpAddress outside(PeerNetwork network, Subnet range) {
        var middle = range.first().plus(0x7_0707);
        var small = range.first().plus(0x7707);
        for (var candidate : List.of(
                range.prefix() > 12 ? small : middle, small, range.first().plus(0x907))) {
            if (!network.holds(candidate)) {
                return candidate;
            }
        }
        return range.first().plus(5);
    }
}
