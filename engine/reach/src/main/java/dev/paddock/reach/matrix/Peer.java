package dev.paddock.reach.matrix;

import dev.paddock.reach.packet.IpAddress;

/**
 * Somebody whom a guest may want to reach, or who may want to reach it.
 *
 * @param name as matrices and {@code expect} call it
 * @param address one that stands for all of its kind
 */
public record Peer(String name, Where where, IpAddress address) {
    /** Where somebody is, which decides on the way of packets. */
    public enum Where {
        /** The host itself. */
        HOST,
        /** Another guest on the same network. */
        NEIGHBOR,
        /** Anywhere beyond the host. */
        BEYOND
    }

    /** Return whoever is at an address on or beyond a network, named after it. */
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
