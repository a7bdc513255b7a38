package dev.paddock.reach.match;

import dev.paddock.reach.packet.Transport;
import java.util.OptionalInt;

/** The port conditions of protocols with ports. */
public final class PortMatch {
    private PortMatch() {}

    public static OptionalInt of(Transport transport, boolean isDestination) {
        return switch (transport) {
            case Transport.Tcp tcp -> OptionalInt.of(isDestination ? tcp.destination() : tcp.source());
            case Transport.Datagram datagram ->
                OptionalInt.of(isDestination ? datagram.destination() : datagram.source());
            case Transport.Icmp icmp -> OptionalInt.empty();
            case Transport.Plain plain -> OptionalInt.empty();
        };
    }
}
