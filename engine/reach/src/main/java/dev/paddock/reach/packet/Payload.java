package dev.paddock.reach.packet;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import java.util.Map;

/** The payload of a frame. */
public sealed interface Payload {

    /** ARP and RARP; for Ethernet and IPv4, unless the types say otherwise. */
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
     * An IPv4 or IPv6 packet.
     *
     * @param service the octet of DSCP and ECN
     */
    record Ip(IpAddress source, IpAddress destination, int service, Transport transport) implements Payload {}

    /** A spanning tree protocol unit; its fields have libvirt's names. */
    record Bridging(Map<String, Long> fields) implements Payload {
        public Bridging {
            fields = Map.copyOf(fields);
        }
    }

    /** Any other payload. */
    record Other() implements Payload {}
}
