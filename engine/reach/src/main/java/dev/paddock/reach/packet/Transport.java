package dev.paddock.reach.packet;

import java.util.Set;

/** The payload of an IP packet. */
public sealed interface Transport {
    int TCP = 6;
    int UDP = 17;
    int SCTP = 132;
    int ICMP = 1;
    int ICMPV6 = 58;

    /** Return the protocol number, as in the IP header. */
    int protocol();

    /**
     * A TCP segment.
     *
     * @param flags FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32
     * @param options the kinds of options in the header
     */
    record Tcp(int source, int destination, int flags, Set<Integer> options) implements Transport {
        public static final int SYN = 2;
        public static final int ACK = 16;

        public Tcp {
            options = Set.copyOf(options);
        }

        @Override
        public int protocol() {
            return TCP;
        }
    }

    /** UDP or SCTP. */
    record Datagram(int protocol, int source, int destination) implements Transport {}

    /** ICMP or ICMPv6. */
    record Icmp(int protocol, int type, int code) implements Transport {}

    /** Any other protocol, of which only the number matters. */
    record Plain(int protocol) implements Transport {}
}
