package dev.paddock.reach.packet;

import dev.paddock.api.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Encodes frames for the wire, with correct checksums and a mark to recognize them by. */
public final class FrameEncoder {
    private static final int LIVES = 64;
    private static final int NO_FRAGMENT = 0x4000;
    private static final int ROOM = 512;
    private static final int SHORTEST = 60;

    /** The identifier of all pings. Conversations differ in their addresses. */
    private static final short PING = 0x7061;

    private FrameEncoder() {}

    /** Return the frame with a mark at the end of its payload. */
    public static byte[] of(Frame frame, byte[] mark) {
        var out = ByteBuffer.allocate(ROOM);
        putMac(out, frame.destination());
        putMac(out, frame.source());
        frame.vlan().ifPresent(number -> out.putShort((short) EtherType.VLAN).putShort((short) number));
        var payload = payload(frame.payload(), mark);
        if (frame.payload() instanceof Payload.Bridging) {
            // An IEEE 802.3 header has a length instead of a type.
            out.putShort((short) payload.length);
        } else {
            out.putShort((short) frame.type());
        }
        out.put(payload);
        return taken(out);
    }

    /** Return the packet of a frame, without the Ethernet header. */
    public static byte[] packet(Payload.Ip packet, byte[] mark) {
        return payload(packet, mark);
    }

    private static byte[] payload(Payload payload, byte[] mark) {
        return switch (payload) {
            case Payload.Ip ip -> ip.source().isSix() ? six(ip, mark) : four(ip, mark);
            case Payload.Arp arp -> arp(arp, mark);
            case Payload.Bridging unit -> bridging(unit, mark);
            case Payload.Other other -> padded(mark);
        };
    }

    private static byte[] four(Payload.Ip ip, byte[] mark) {
        var inner = transport(ip, mark);
        var out = ByteBuffer.allocate(20 + inner.length);
        out.put((byte) 0x45).put((byte) ip.service()).putShort((short) out.capacity());
        out.putShort((short) 0).putShort((short) NO_FRAGMENT);
        out.put((byte) LIVES).put((byte) ip.transport().protocol()).putShort((short) 0);
        out.put(ip.source().octets()).put(ip.destination().octets());
        out.putShort(10, (short) checksum(out.array(), 0, 20, 0));
        return out.put(inner).array();
    }

    private static byte[] six(Payload.Ip ip, byte[] mark) {
        var inner = transport(ip, mark);
        var out = ByteBuffer.allocate(40 + inner.length);
        out.putInt(0x6000_0000 | (ip.service() << 20)).putShort((short) inner.length);
        out.put((byte) ip.transport().protocol()).put((byte) LIVES);
        return out.put(ip.source().octets())
                .put(ip.destination().octets())
                .put(inner)
                .array();
    }

    private static byte[] transport(Payload.Ip ip, byte[] mark) {
        return switch (ip.transport()) {
            case Transport.Tcp tcp -> tcp(ip, tcp, mark);
            case Transport.Datagram datagram ->
                datagram.protocol() == Transport.SCTP ? sctp(datagram, mark) : udp(ip, datagram, mark);
            case Transport.Icmp icmp -> icmp(ip, icmp, mark);
            case Transport.Plain plain -> plain.protocol() == 136 ? light(ip, mark) : mark;
        };
    }

    private static byte[] tcp(Payload.Ip ip, Transport.Tcp tcp, byte[] mark) {
        var options = ByteBuffer.allocate(40);
        for (var kind : tcp.options()) {
            if (kind == 1) {
                options.put((byte) 1);
            } else {
                options.put(kind.byteValue()).put((byte) 4).putShort((short) 0x500);
            }
        }
        while (options.position() % 4 != 0) {
            options.put((byte) 1);
        }
        var length = options.position();
        var out = ByteBuffer.allocate(20 + length + mark.length);
        out.putShort((short) tcp.source()).putShort((short) tcp.destination());
        // A reply acknowledges the one octet of the SYN, and the mark that came with it.
        out.putInt(1000).putInt((tcp.flags() & Transport.Tcp.ACK) == 0 ? 0 : 1001);
        out.put((byte) (((20 + length) / 4) << 4)).put((byte) tcp.flags()).putShort((short) 0x2000);
        out.putShort((short) 0).putShort((short) 0);
        out.put(options.array(), 0, length).put(mark);
        out.putShort(16, (short) checksum(out.array(), 0, out.capacity(), pseudo(ip, out.capacity())));
        return out.array();
    }

    private static byte[] udp(Payload.Ip ip, Transport.Datagram udp, byte[] mark) {
        var out = ByteBuffer.allocate(8 + mark.length);
        out.putShort((short) udp.source()).putShort((short) udp.destination());
        out.putShort((short) out.capacity()).putShort((short) 0).put(mark);
        out.putShort(6, (short) checksum(out.array(), 0, out.capacity(), pseudo(ip, out.capacity())));
        return out.array();
    }

    /** UDP-Lite. A length of 0 makes the checksum cover everything. */
    private static byte[] light(Payload.Ip ip, byte[] mark) {
        var out = ByteBuffer.allocate(8 + mark.length);
        out.putShort((short) 40_000)
                .putShort((short) 40_001)
                .putShort((short) 0)
                .putShort((short) 0)
                .put(mark);
        out.putShort(6, (short) checksum(out.array(), 0, out.capacity(), pseudo(ip, out.capacity())));
        return out.array();
    }

    /** The first packet of an association, INIT, with the mark as a parameter that the receiver skips. */
    private static byte[] sctp(Transport.Datagram sctp, byte[] mark) {
        var parameter = 4 + mark.length;
        var out = ByteBuffer.allocate(12 + 20 + parameter);
        out.putShort((short) sctp.source())
                .putShort((short) sctp.destination())
                .putInt(0)
                .putInt(0);
        out.put((byte) 1).put((byte) 0).putShort((short) (20 + parameter));
        out.putInt(7).putInt(0x1_0000).putShort((short) 1).putShort((short) 1).putInt(1);
        out.putShort((short) 0x8fff).putShort((short) parameter).put(mark);
        var sum = new CRC32C();
        sum.update(out.array());
        out.putInt(8, Integer.reverseBytes((int) sum.getValue()));
        return out.array();
    }

    private static byte[] icmp(Payload.Ip ip, Transport.Icmp icmp, byte[] mark) {
        var out = ByteBuffer.allocate(8 + mark.length);
        out.put((byte) icmp.type()).put((byte) icmp.code()).putShort((short) 0);
        out.putShort(PING).putShort((short) 1).put(mark);
        var start = icmp.protocol() == Transport.ICMPV6 ? pseudo(ip, out.capacity()) : 0;
        out.putShort(2, (short) checksum(out.array(), 0, out.capacity(), start));
        return out.array();
    }

    private static byte[] arp(Payload.Arp arp, byte[] mark) {
        var out = ByteBuffer.allocate(SHORTEST);
        out.putShort((short) arp.hardware()).putShort((short) arp.protocol());
        out.put((byte) 6).put((byte) 4).putShort((short) arp.operation());
        putMac(out, arp.senderMac());
        out.put(arp.senderIp().octets());
        putMac(out, arp.targetMac());
        return taken(out.put(arp.targetIp().octets()).put(mark));
    }

    private static byte[] bridging(Payload.Bridging unit, byte[] mark) {
        var out = ByteBuffer.allocate(SHORTEST);
        out.put((byte) 0x42).put((byte) 0x42).put((byte) 3).putShort((short) 0).put((byte) 0);
        out.put((byte) value(unit, "type")).put((byte) value(unit, "flags"));
        out.putShort((short) value(unit, "root-priority"));
        putMac(out, new MacAddress(value(unit, "root-address")));
        out.putInt((int) value(unit, "root-cost")).putShort((short) value(unit, "sender-priority"));
        putMac(out, new MacAddress(value(unit, "sender-address")));
        for (var field : new String[] {"port", "age", "max-age", "hello-time", "forward-delay"}) {
            out.putShort((short) value(unit, field));
        }
        return taken(out.put(mark));
    }

    private static long value(Payload.Bridging unit, String field) {
        return unit.fields().getOrDefault(field, 0L);
    }

    private static byte[] padded(byte[] mark) {
        return ByteBuffer.allocate(46).put(mark).array();
    }

    private static int pseudo(Payload.Ip ip, int length) {
        var source = ip.source().octets();
        var destination = ip.destination().octets();
        return sum(source, 0, source.length)
                + sum(destination, 0, destination.length)
                + ip.transport().protocol()
                + length;
    }

    /** Return the checksum of RFC 1071. */
    private static int checksum(byte[] octets, int start, int end, int first) {
        var sum = first + sum(octets, start, end);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    private static int sum(byte[] octets, int start, int end) {
        var sum = 0;
        for (var i = start; i < end; i++) {
            sum += (i - start) % 2 == 0 ? (octets[i] & 0xff) << 8 : octets[i] & 0xff;
        }
        return sum;
    }

    private static void putMac(ByteBuffer out, MacAddress mac) {
        for (var shift = 40; shift >= 0; shift -= 8) {
            out.put((byte) (mac.bits() >>> shift));
        }
    }

    private static byte[] taken(ByteBuffer out) {
        var taken = new byte[out.position()];
        out.flip().get(taken);
        return taken;
    }
}
