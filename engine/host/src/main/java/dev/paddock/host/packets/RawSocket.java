package dev.paddock.host.packets;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** A raw socket in the namespace of the thread that opened it. */
final class RawSocket implements AutoCloseable {
    private static final int LARGEST = 2048;
    private static final int ROOM = 8 << 20;

    private final int descriptor;

    private RawSocket(int descriptor) {
        this.descriptor = descriptor;
        SocketCalls.setsockopt(
                descriptor, SocketCalls.SOL_SOCKET, SocketCalls.SO_RCVBUF_FORCE, number(ROOM), Integer.BYTES);
    }

    /** Return a socket that sends frames on an interface, and captures those that it receives. */
    static RawSocket of(String device) {
        var socket =
                new RawSocket(open(SocketCalls.AF_PACKET, Short.reverseBytes((short) SocketCalls.ETH_P_ALL) & 0xffff));
        var address = ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putShort((short) SocketCalls.AF_PACKET)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) SocketCalls.ETH_P_ALL)
                .order(ByteOrder.nativeOrder())
                .putInt(SocketCalls.if_nametoindex(device))
                .array();
        SocketCalls.bind(socket.descriptor, address, address.length);
        SocketCalls.setsockopt(
                socket.descriptor,
                SocketCalls.SOL_PACKET,
                SocketCalls.PACKET_IGNORE_OUTGOING,
                number(1),
                Integer.BYTES);
        return socket;
    }

    /** Return a socket that captures what the host receives of an IP protocol, behind its firewall. */
    static RawSocket receiving(boolean isSix, int protocol) {
        return new RawSocket(open(isSix ? SocketCalls.AF_INET6 : SocketCalls.AF_INET, protocol));
    }

    /** Return a socket with which the host sends packets including their headers. */
    static RawSocket sending(boolean isSix, int mark) {
        var socket = receiving(isSix, SocketCalls.IPPROTO_RAW);
        if (isSix) {
            SocketCalls.setsockopt(
                    socket.descriptor, SocketCalls.IPPROTO_IPV6, SocketCalls.IPV6_HDRINCL, number(1), Integer.BYTES);
        }
        SocketCalls.setsockopt(
                socket.descriptor, SocketCalls.SOL_SOCKET, SocketCalls.SO_MARK, number(mark), Integer.BYTES);
        return socket;
    }

    private static int open(int family, int protocol) {
        return SocketCalls.socket(
                family, SocketCalls.SOCK_RAW | SocketCalls.SOCK_CLOEXEC | SocketCalls.SOCK_NONBLOCK, protocol);
    }

    int descriptor() {
        return descriptor;
    }

    void send(byte[] frame) {
        SocketCalls.send(descriptor, frame, frame.length, 0);
    }

    /** Send an IP packet to the destination in its header. It is no error if the host's firewall drops it. */
    void sendPacket(byte[] packet) {
        var isSix = packet[0] >>> 4 == 6;
        var address = ByteBuffer.allocate(isSix ? 28 : 16).order(ByteOrder.nativeOrder());
        address.putShort((short) (isSix ? SocketCalls.AF_INET6 : SocketCalls.AF_INET))
                .putShort((short) 0);
        if (isSix) {
            address.putInt(0).put(packet, 24, 16);
        } else {
            address.put(packet, 16, 4);
        }
        try {
            SocketCalls.sendto(descriptor, packet, packet.length, 0, address.array(), address.capacity());
        } catch (LastErrorException refused) {
            // EPERM comes from the firewall, a missing route from the network; either way the packet does not arrive.
            return;
        }
    }

    /** Return the next received data; empty if there is none. */
    Optional<byte[]> receive() {
        var data = new byte[LARGEST];
        try {
            var length = SocketCalls.recv(descriptor, data, data.length, 0);
            return Optional.of(Arrays.copyOf(data, (int) length));
        } catch (LastErrorException nothing) {
            if (nothing.getErrorCode() == SocketCalls.EAGAIN) {
                return Optional.empty();
            }
            throw nothing;
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    @Override
    public void close() {
        SocketCalls.close(descriptor);
    }
}
