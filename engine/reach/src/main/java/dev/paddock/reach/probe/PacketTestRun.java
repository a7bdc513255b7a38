package dev.paddock.reach.probe;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.host.packets.CapturePoint;
import dev.paddock.host.packets.CapturedFrame;
import dev.paddock.host.packets.PacketException;
import dev.paddock.host.packets.PacketLabLayout;
import dev.paddock.host.packets.PacketMark;
import dev.paddock.host.packets.PacketRange;
import dev.paddock.host.packets.TestPacket;
import dev.paddock.reach.matrix.Exchange;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.FrameEncoder;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends exchanges as real packets, and reports which of their frames arrived. */
public final class PacketTestRun {
    private static final MacAddress BEYOND = MacAddress.of(PacketLabLayout.BEYOND_MAC);
    private static final MacAddress ROUTER = MacAddress.of(PacketLabLayout.ROUTER_MAC);
    private static final int ETHERNET = 14;

    private final PacketRange range;
    private int number;

    public PacketTestRun(PacketRange range) {
        this.range = range;
    }

    /**
     * The observed result of an exchange.
     *
     * @param reply whether the reply arrived; it is only sent if the request did
     */
    public record Seen(boolean request, boolean reply) {}

    /** Send all first frames, and then the replies to those that arrived. */
    public List<Seen> exchange(List<Exchange> exchanges) throws PacketException {
        var first = number;
        number += exchanges.size();
        List<TestPacket> requests = new ArrayList<>();
        for (var i = 0; i < exchanges.size(); i++) {
            var exchange = exchanges.get(i);
            requests.add(shot(asker(exchange), exchange.request(), first + i));
        }
        var asked = byNumber(range.send(requests));
        List<TestPacket> replies = new ArrayList<>();
        List<Boolean> arrived = new ArrayList<>();
        for (var i = 0; i < exchanges.size(); i++) {
            var exchange = exchanges.get(i);
            var request = at(asked.getOrDefault(first + i, List.of()), asked(exchange));
            arrived.add(request != null);
            if (request != null) {
                replies.add(shot(asked(exchange), answer(exchange, request), number + i));
            }
        }
        var answered = byNumber(range.send(replies));
        List<Seen> seen = new ArrayList<>();
        for (var i = 0; i < exchanges.size(); i++) {
            seen.add(new Seen(
                    arrived.get(i), at(answered.getOrDefault(number + i, List.of()), asker(exchanges.get(i))) != null));
        }
        number += exchanges.size();
        return seen;
    }

    /** Send frames of the VM, and return which of them arrived at their destinations. */
    public List<Boolean> send(List<Frame> frames, List<Peer.Where> to) throws PacketException {
        var first = number;
        number += frames.size();
        List<TestPacket> shots = new ArrayList<>();
        for (var i = 0; i < frames.size(); i++) {
            shots.add(shot(CapturePoint.GUEST, frames.get(i), first + i));
        }
        var arrivals = byNumber(range.send(shots));
        List<Boolean> seen = new ArrayList<>();
        for (var i = 0; i < frames.size(); i++) {
            seen.add(at(arrivals.getOrDefault(first + i, List.of()), site(to.get(i))) != null);
        }
        return seen;
    }

    private static Map<Integer, List<CapturedFrame>> byNumber(List<CapturedFrame> arrivals) {
        return arrivals.stream().collect(Collectors.groupingBy(CapturedFrame::number));
    }

    private static @Nullable CapturedFrame at(List<CapturedFrame> arrivals, CapturePoint site) {
        return arrivals.stream()
                .filter(arrival -> arrival.at() == site)
                .findFirst()
                .orElse(null);
    }

    private static CapturePoint asker(Exchange exchange) {
        return exchange.isOutgoing() ? CapturePoint.GUEST : site(exchange.where());
    }

    private static CapturePoint asked(Exchange exchange) {
        return exchange.isOutgoing() ? site(exchange.where()) : CapturePoint.GUEST;
    }

    private static CapturePoint site(Peer.Where where) {
        return switch (where) {
            case HOST -> CapturePoint.HOST;
            case NEIGHBOR -> CapturePoint.NEIGHBOR;
            case BEYOND -> CapturePoint.BEYOND;
        };
    }

    private static TestPacket shot(CapturePoint from, Frame frame, int number) {
        var mark = PacketMark.of(number);
        return switch (from) {
            case GUEST, NEIGHBOR -> new TestPacket(from, FrameEncoder.of(frame, mark));
            case BEYOND ->
                new TestPacket(
                        from,
                        FrameEncoder.of(
                                new Frame(
                                        ROUTER, BEYOND, frame.vlan(), frame.type(), frame.payload(), frame.tracking()),
                                mark));
            case HOST -> new TestPacket(from, FrameEncoder.packet((Payload.Ip) frame.payload(), mark));
        };
    }

    /** Return the reply. After NAT by the host, it goes to the translated source. */
    private static Frame answer(Exchange exchange, CapturedFrame request) {
        if (request.at() != CapturePoint.BEYOND || !(exchange.reply().payload() instanceof Payload.Ip reply)) {
            return exchange.reply();
        }
        var isSix = reply.source().isSix();
        var data = request.data();
        var start = ETHERNET + (isSix ? 8 : 12);
        var source = IpAddress.of(Arrays.copyOfRange(data, start, start + (isSix ? 16 : 4)));
        var port = ByteBuffer.wrap(data).getShort(ETHERNET + (isSix ? 40 : 20)) & 0xffff;
        Function<Transport, Transport> to = transport -> switch (transport) {
            case Transport.Tcp tcp -> new Transport.Tcp(tcp.source(), port, tcp.flags(), tcp.options());
            case Transport.Datagram datagram -> new Transport.Datagram(datagram.protocol(), datagram.source(), port);
            case Transport.Icmp icmp -> icmp;
            case Transport.Plain plain -> plain;
        };
        var packet = new Payload.Ip(reply.source(), source, reply.service(), to.apply(reply.transport()));
        return Frame.of(ROUTER, BEYOND, packet, exchange.reply().tracking());
    }
}
