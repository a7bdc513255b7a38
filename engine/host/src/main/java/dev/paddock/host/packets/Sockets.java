package dev.paddock.host.packets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sockets of a {@link PacketRange}.
 *
 * <p>A dropped frame leaves no trace. So after all others, some frames are sent to each place in turn that nothing can
 * stop: what has not arrived before them never will, because all are sent on one processor, whose queue keeps the
 * order. A frame may be queued again behind the first of them, so there are three rounds.
 */
final class Sockets {
    private static final int ROUNDS = 3;
    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final int STEP_MILLIS = 200;

    /** The numbers of the frames that nothing stops; no other frame has such a number. */
    private static final int LAST = Integer.MIN_VALUE;

    /** The IP protocols that are captured on the host. */
    private static final List<Integer> PROTOCOLS = List.of(6, 17, 132, 136, 50, 51, 2);

    /** The far ends of the ports. */
    record Ends(Map<CapturePoint, RawSocket> bySite) {
        static Ends open() {
            Map<CapturePoint, RawSocket> ends = new EnumMap<>(CapturePoint.class);
            ends.put(CapturePoint.GUEST, RawSocket.of(PacketLabLayout.end(PacketLabLayout.GUEST_PORT)));
            ends.put(CapturePoint.NEIGHBOR, RawSocket.of(PacketLabLayout.end(PacketLabLayout.NEIGHBOR_PORT)));
            ends.put(CapturePoint.BEYOND, RawSocket.of(PacketLabLayout.end(PacketLabLayout.BEYOND_PORT)));
            return new Ends(ends);
        }
    }

    private final Map<CapturePoint, RawSocket> ends;
    private final Map<CapturePoint, RawSocket> ports = new EnumMap<>(CapturePoint.class);
    private final RawSocket bridge;
    private final List<RawSocket> host = new ArrayList<>();
    private final RawSocket hostFour = RawSocket.sending(false, PacketLabLayout.HOST_MARK);
    private final RawSocket hostSix = RawSocket.sending(true, PacketLabLayout.HOST_MARK);
    private boolean isPinned;
    private int round;

    private Sockets(Ends ends, String bridge) {
        this.ends = ends.bySite();
        this.bridge = RawSocket.of(bridge);
        ports.put(CapturePoint.GUEST, RawSocket.of(PacketLabLayout.GUEST_PORT));
        ports.put(CapturePoint.NEIGHBOR, RawSocket.of(PacketLabLayout.NEIGHBOR_PORT));
        ports.put(CapturePoint.BEYOND, RawSocket.of(PacketLabLayout.BEYOND_PORT));
        for (var protocol : PROTOCOLS) {
            host.add(RawSocket.receiving(false, protocol));
            host.add(RawSocket.receiving(true, protocol));
        }
        host.add(RawSocket.receiving(false, 1));
        host.add(RawSocket.receiving(true, 58));
    }

    /** Open the sockets of the lab's namespace, which the thread must be in. */
    static Sockets open(Ends ends, String bridge) {
        return new Sockets(ends, bridge);
    }

    List<CapturedFrame> send(List<TestPacket> shots) throws PacketException {
        pin();
        List<CapturedFrame> arrivals = new ArrayList<>();
        for (var shot : shots) {
            if (shot.from() == CapturePoint.HOST) {
                (shot.data()[0] >>> 4 == 6 ? hostSix : hostFour).sendPacket(shot.data());
            } else {
                end(shot.from()).send(shot.data());
            }
            // Read before a socket's buffer is full.
            collect(arrivals);
        }
        for (var i = 0; i < ROUNDS; i++) {
            await(arrivals);
        }
        return arrivals;
    }

    private void await(List<CapturedFrame> arrivals) throws PacketException {
        var number = LAST + (round++ & 0xffff);
        var last = ByteBuffer.allocate(60 + PacketMark.LENGTH)
                .put(60, PacketMark.of(number))
                .putShort(12, (short) 0x88b5)
                .array();
        for (var site : List.of(CapturePoint.GUEST, CapturePoint.NEIGHBOR, CapturePoint.BEYOND)) {
            port(site).send(last);
        }
        hostFour.sendPacket(toMyself(number));
        Set<CapturePoint> waiting = EnumSet.allOf(CapturePoint.class);
        var deadline = System.nanoTime() + LONGEST_NANOS;
        while (!waiting.isEmpty()) {
            List<CapturedFrame> come = new ArrayList<>();
            collect(come);
            for (var arrival : come) {
                if (arrival.number() == number) {
                    waiting.remove(arrival.at());
                } else if (arrival.number() >= 0) {
                    arrivals.add(arrival);
                }
            }
            if (!waiting.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new PacketException("Packets that nothing stops did not come out: " + waiting + ".");
                }
                poll();
            }
        }
    }

    /** A datagram from the host to itself, which passes its INPUT chain like any other. */
    private static byte[] toMyself(int number) {
        var length = 28 + PacketMark.LENGTH;
        var loopback = new byte[] {127, 0, 0, 1};
        // The kernel fills in the header checksum; a datagram may have none.
        return ByteBuffer.allocate(length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) length)
                .putInt(0x4000)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .put(loopback)
                .put(loopback)
                .putShort((short) 9)
                .putShort((short) 9)
                .putShort((short) (8 + PacketMark.LENGTH))
                .putShort((short) 0)
                .put(PacketMark.of(number))
                .array();
    }

    private void collect(List<CapturedFrame> arrivals) {
        ends.forEach((site, socket) -> drain(socket, site, false, arrivals));
        host.forEach(socket -> drain(socket, CapturePoint.HOST, false, arrivals));
        drain(bridge, CapturePoint.HOST, true, arrivals);
    }

    /**
     * Captures on the bridge itself contain packets that the host's firewall has yet to check, so IP packets are
     * ignored there.
     */
    private static void drain(RawSocket socket, CapturePoint site, boolean isBridge, List<CapturedFrame> arrivals) {
        for (var data = socket.receive(); data.isPresent(); data = socket.receive()) {
            var frame = data.get();
            if (isBridge && frame.length > 14) {
                var type = ((frame[12] & 0xff) << 8) | (frame[13] & 0xff);
                if (type == 0x800 || type == 0x86dd) {
                    continue;
                }
            }
            PacketMark.in(frame, frame.length)
                    .ifPresent(number -> arrivals.add(new CapturedFrame(site, number, frame)));
        }
    }

    private void poll() {
        var all = new ArrayList<>(ends.values());
        all.addAll(host);
        var requests = ByteBuffer.allocate(8 * all.size()).order(ByteOrder.nativeOrder());
        for (var socket : all) {
            requests.putInt(socket.descriptor()).putShort(SocketCalls.POLLIN).putShort((short) 0);
        }
        SocketCalls.poll(requests.array(), all.size(), STEP_MILLIS);
    }

    private void pin() {
        if (!isPinned) {
            var processor = SocketCalls.sched_getcpu();
            var mask = new byte[128];
            mask[processor / 8] = (byte) (1 << (processor % 8));
            SocketCalls.sched_setaffinity(0, mask.length, mask);
            isPinned = true;
        }
    }

    private RawSocket end(CapturePoint site) {
        return known(ends, site);
    }

    private RawSocket port(CapturePoint site) {
        return known(ports, site);
    }

    private static RawSocket known(Map<CapturePoint, RawSocket> sockets, CapturePoint site) {
        var socket = sockets.get(site);
        if (socket == null) {
            throw new IllegalArgumentException("[%s] has no port".formatted(site));
        }
        return socket;
    }

    void close() {
        ends.values().forEach(RawSocket::close);
        ports.values().forEach(RawSocket::close);
        host.forEach(RawSocket::close);
        bridge.close();
        hostFour.close();
        hostSix.close();
    }
}
