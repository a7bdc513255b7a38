package dev.paddock.reach.matrix;

import dev.paddock.reach.packet.Transport;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A type of traffic: its first packet and the reply. */
public sealed interface Traffic {
    /** A port above those of services, used by clients. */
    int EPHEMERAL = 40_000;

    record Tcp(int port) implements Traffic {
        @Override
        public String toString() {
            return "tcp/" + port;
        }
    }

    record Udp(int port) implements Traffic {
        @Override
        public String toString() {
            return "udp/" + port;
        }
    }

    record Ping() implements Traffic {
        @Override
        public String toString() {
            return "ping";
        }
    }

    /** Parse {@code tcp/443}, {@code udp/53} or {@code ping}. */
    static Optional<Traffic> parse(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        if (word.equals("ping") || word.equals("icmp")) {
            return Optional.of(new Ping());
        }
        if (!word.matches("(tcp|udp)/[0-9]{1,5}")) {
            return Optional.empty();
        }
        var port = Integer.parseInt(word.substring(4));
        if (port > 65_535) {
            return Optional.empty();
        }
        return Optional.of(word.startsWith("tcp") ? new Tcp(port) : new Udp(port));
    }

    /** Return the content of the first packet. */
    default Transport request(boolean isSix) {
        return switch (this) {
            case Tcp tcp -> new Transport.Tcp(EPHEMERAL, tcp.port(), Transport.Tcp.SYN, Set.of());
            case Udp udp -> new Transport.Datagram(Transport.UDP, EPHEMERAL, udp.port());
            case Ping ping ->
                isSix ? new Transport.Icmp(Transport.ICMPV6, 128, 0) : new Transport.Icmp(Transport.ICMP, 8, 0);
        };
    }

    /** Return the content of the reply. */
    default Transport reply(boolean isSix) {
        return switch (this) {
            case Tcp tcp -> new Transport.Tcp(tcp.port(), EPHEMERAL, Transport.Tcp.SYN | Transport.Tcp.ACK, Set.of());
            case Udp udp -> new Transport.Datagram(Transport.UDP, udp.port(), EPHEMERAL);
            case Ping ping ->
                isSix ? new Transport.Icmp(Transport.ICMPV6, 129, 0) : new Transport.Icmp(Transport.ICMP, 0, 0);
        };
    }
}
