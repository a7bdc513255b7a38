package dev.paddock.reach.packet;

import java.util.Map;

/** What a frame carries. */
public sealed interface Payload {

    /** ARP and RARP, for Ethernet and IPv4 unless the types say otherwise. */
    record Arp(
            int hardware,
            int protocol,
            int operation,
            MacAddress senderMac,
            IpAddress senderIp,
            MacAddress targetMac,
            IpAddress targetIp)
            implements Payload {
        public static final int REQUEST = 1;
        public static final int REPLY = 2;

        public static Arp of(
                int operation, MacAddress senderMac, IpAddress senderIp, MacAddress targetMac, IpAddress targetIp) {
            return new Arp(1, EtherType.IPV4, operation, senderMac, senderIp, targetMac, targetIp);
        }
    }

    /**
     * A packet of IPv4 or IPv6.
     *
     * @param service the octet of DSCP and ECN
     */
    record Ip(IpAddress source, IpAddress destination, int service, Transport transport) implements Payload {}

    /** A unit of the spanning tree protocol: its fields by libvirt's names. */
    record Bridging(Map<String, Long> fields) implements Payload {
        public Bridging {
            fields = Map.copyOf(fields);
        }
    }

    /** Something else. */
    record Other() implements Payload {}
}
