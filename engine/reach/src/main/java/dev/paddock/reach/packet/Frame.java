package dev.paddock.reach.packet;

import dev.paddock.api.net.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An Ethernet frame.
 *
 * @param vlan the number of its VLAN tag
 * @param type its EtherType, one of {@link EtherType} or another; with a VLAN tag, the type behind it
 */
public record Frame(
        MacAddress source,
        MacAddress destination,
        OptionalInt vlan,
        int type,
        Payload payload,
        ConnectionState tracking) {

    /** Return an untagged frame with an IP packet. */
    public static Frame of(MacAddress source, MacAddress destination, Payload.Ip packet, ConnectionState tracking) {
        var type = packet.source().isSix() ? EtherType.IPV6 : EtherType.IPV4;
        return new Frame(source, destination, OptionalInt.empty(), type, packet, tracking);
    }

    /** Return an untagged frame without an IP packet. */
    public static Frame of(MacAddress source, MacAddress destination, int type, Payload payload) {
        return new Frame(
                source,
                destination,
                OptionalInt.empty(),
                type,
                payload,
                new ConnectionState(ConnectionState.State.UNTRACKED, false));
    }

    public Frame tagged(int number) {
        return new Frame(source, destination, OptionalInt.of(number), type, payload, tracking);
    }

    public Frame from(MacAddress other) {
        return new Frame(other, destination, vlan, type, payload, tracking);
    }

    /** Return the type that a firewall sees first: that of the VLAN tag, if there is one. */
    public int outerType() {
        return vlan.isPresent() ? EtherType.VLAN : type;
    }

    /** Return the IP packet; absent if it is behind a VLAN tag. */
    public Optional<Payload.Ip> packet() {
        return vlan.isEmpty() && payload instanceof Payload.Ip ip ? Optional.of(ip) : Optional.empty();
    }
}
