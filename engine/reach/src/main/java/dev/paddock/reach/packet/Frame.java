package dev.paddock.reach.packet;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An Ethernet frame.
 *
 * @param vlan the number in its VLAN tag
 * @param type what it carries, one of {@link EtherType} or another; behind the tag where it has one
 */
public record Frame(
        MacAddress source,
        MacAddress destination,
        OptionalInt vlan,
        int type,
        Payload payload,
        ConnectionState tracking) {

    /** Return a frame without a tag that carries an IP packet. */
    public static Frame of(MacAddress source, MacAddress destination, Payload.Ip packet, ConnectionState tracking) {
        var type = packet.source().isSix() ? EtherType.IPV6 : EtherType.IPV4;
        return new Frame(source, destination, OptionalInt.empty(), type, packet, tracking);
    }

    /** Return a frame without a tag that carries no IP packet. */
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

    /** Return the type that a firewall sees first: that of the tag where there is one. */
    public int outerType() {
        return vlan.isPresent() ? EtherType.VLAN : type;
    }

    /** Return the IP packet, as far as it is not behind a tag. */
    public Optional<Payload.Ip> packet() {
        return vlan.isEmpty() && payload instanceof Payload.Ip ip ? Optional.of(ip) : Optional.empty();
    }
}
