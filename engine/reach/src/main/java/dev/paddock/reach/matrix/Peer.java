package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;

/**
 * A peer that a VM may want to reach, or that may want to reach the VM.
 *
 * @param name its name in matrices and in {@code expect}
 * @param address an example for all peers of this type
 */
public record Peer(String name, Where where, IpAddress address) {
    /** The location of a peer, which determines the path of packets. */
    public enum Where {
        /** The host itself. */
        HOST,
        /** Another VM on the same network. */
        NEIGHBOR,
        /** Anywhere beyond the host. */
        BEYOND
    }

    /** Return the peer at an address on or beyond a network, named after the address. */
    public static Peer at(PeerNetwork network, IpAddress address) {
        return at(network, address.toString(), address);
    }

    public static Peer at(PeerNetwork network, String name, IpAddress address) {
        if (network.isHost(address)) {
            return new Peer(name, Where.HOST, address);
        }
        return new Peer(name, network.holds(address) ? Where.NEIGHBOR : Where.BEYOND, address);
    }
}
