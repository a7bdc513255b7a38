package dev.paddock.testkit.packets;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.reach.matrix.Exchange;
import dev.paddock.reach.matrix.GuestScenario;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.EtherType;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Exchanges drawn by seed: all kinds of frames, in both directions, with all whom a guest may meet. */
final class RandomTraffic {
    private static final MacAddress STRANGER = MacAddress.of("52:54:00:70:00:77");
    private static final List<Integer> PORTS = List.of(22, 53, 80, 90, 255, 256, 443, 1111, 8443);
    private static final List<Integer> PLAIN = List.of(50, 51);
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS_IN_USE = 40_000;

    /** How far from its own a guest forges its address; the host knows where that is. */
    static final int FORGED = 21;

    private final Random random;
    private final GuestScenario scene;
    /** Of each connection its own, so that none is taken for a part of another. */
    private int serial;

    /**
     * @param serial the first number to use; connections of earlier volleys are still known
     */
    RandomTraffic(Random random, GuestScenario scene, int serial) {
        this.random = random;
        this.scene = scene;
        this.serial = serial;
    }

    List<Exchange> draw(int count) {
        List<Exchange> exchanges = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            exchanges.add(random.nextInt(5) == 0 ? frame() : packet());
        }
        return exchanges;
    }

    private Exchange packet() {
        var isSix = random.nextInt(3) == 0;
        var isOutgoing = random.nextInt(3) > 0;
        var where = of(List.of(Peer.Where.values()));
        var mine =
                isSix ? scene.guest().six().orElseThrow() : scene.guest().four().orElseThrow();
        if (isOutgoing && random.nextInt(12) == 0) {
            mine = mine.plus(FORGED);
        }
        var service = random.nextInt(4) == 0 ? random.nextInt(64) << 2 : 0;
        if (random.nextInt(5) == 0) {
            return portless(isSix, mine, service);
        }
        var theirs = theirs(where, isSix);
        var transports = transports();
        var guest =
                isOutgoing && random.nextInt(12) == 0 ? STRANGER : scene.guest().mac();
        var peer = where == Peer.Where.NEIGHBOR ? scene.neighbor().mac() : scene.hostMac();
        var out = Frame.of(
                guest,
                peer,
                new Payload.Ip(mine, theirs, service, isOutgoing ? transports.request() : transports.reply()),
                isOutgoing ? transports.first() : transports.later());
        var in = Frame.of(
                peer,
                scene.guest().mac(),
                new Payload.Ip(theirs, mine, service, isOutgoing ? transports.reply() : transports.request()),
                isOutgoing ? transports.later() : transports.first());
        return new Exchange(where, isOutgoing, isOutgoing ? out : in, isOutgoing ? in : out);
    }

    private IpAddress theirs(Peer.Where where, boolean isSix) {
        return switch (where) {
            case HOST ->
                isSix
                        ? scene.network().gateway(true).orElseThrow().address()
                        : random.nextInt(4) == 0
                                ? IpAddress.of("198.51.100.1")
                                : scene.network().gateway(false).orElseThrow().address();
            case NEIGHBOR ->
                isSix
                        ? scene.neighbor().six().orElseThrow()
                        : scene.neighbor().four().orElseThrow();
            case BEYOND ->
                IpAddress.of(
                        isSix
                                ? of(List.of("2001:db8:ffff::80", "a:b:c::d", "1:2:3::40"))
                                : of(List.of("203.0.113.80", "10.1.2.3", "1.2.3.4", "172.16.5.5", "192.168.119.7")));
        };
    }

    /** What is said and answered, and what connection tracking makes of both. */
    private record Said(Transport request, Transport reply, ConnectionState first, ConnectionState later) {}

    private Said transports() {
        var client = port();
        var server = of(PORTS);
        return random.nextBoolean()
                ? new Said(
                        new Transport.Tcp(client, server, Transport.Tcp.SYN, Set.of()),
                        new Transport.Tcp(server, client, Transport.Tcp.SYN | Transport.Tcp.ACK, Set.of()),
                        ConnectionState.FIRST,
                        ConnectionState.ANSWER)
                : new Said(
                        new Transport.Datagram(Transport.UDP, client, server),
                        new Transport.Datagram(Transport.UDP, server, client),
                        ConnectionState.FIRST,
                        ConnectionState.ANSWER);
    }

    /**
     * What has no ports tells its connections apart by addresses, so each goes to one of its own: of two sources that the
     * host gives one address, the second has to wait until the first is forgotten, which takes ten minutes.
     */
    private Exchange portless(boolean isSix, IpAddress mine, int service) {
        var theirs = (isSix ? IpAddress.of("2001:db8:ffff::1:0") : IpAddress.of("203.1.0.0")).plus(serial++);
        var icmp = isSix ? Transport.ICMPV6 : Transport.ICMP;
        var plain = new Transport.Plain(of(PLAIN));
        var asks = random.nextBoolean();
        Transport request = asks ? new Transport.Icmp(icmp, isSix ? 128 : 8, 0) : plain;
        Transport reply = asks ? new Transport.Icmp(icmp, isSix ? 129 : 0, 0) : plain;
        return new Exchange(
                Peer.Where.BEYOND,
                true,
                Frame.of(
                        scene.guest().mac(),
                        scene.hostMac(),
                        new Payload.Ip(mine, theirs, service, request),
                        ConnectionState.FIRST),
                Frame.of(
                        scene.hostMac(),
                        scene.guest().mac(),
                        new Payload.Ip(theirs, mine, service, reply),
                        ConnectionState.ANSWER));
    }

    /** A frame of the guest to its neighbor, or back, that is no packet that a firewall for packets would look at. */
    private Exchange frame() {
        var isOutgoing = random.nextBoolean();
        var from = isOutgoing ? scene.guest() : scene.neighbor();
        var to = isOutgoing ? scene.neighbor() : scene.guest();
        var source = random.nextInt(6) == 0 && isOutgoing ? STRANGER : from.mac();
        var sender = from.four().orElseThrow().plus(random.nextInt(6) == 0 ? 5 : 0);
        var target = to.four().orElseThrow();
        var frame =
                switch (random.nextInt(4)) {
                    case 0 -> arp(EtherType.ARP, 1 + random.nextInt(4), source, to.mac(), sender, target);
                    case 1 -> arp(EtherType.RARP, 3 + random.nextInt(2), source, to.mac(), sender, target);
                    case 2 ->
                        new Frame(
                                source,
                                to.mac(),
                                OptionalInt.of(of(List.of(7, 0x123, 291, 1234))),
                                EtherType.IPV4,
                                new Payload.Ip(sender, target, 0, new Transport.Datagram(Transport.UDP, port(), 53)),
                                new ConnectionState(ConnectionState.State.UNTRACKED, false));
                    default -> Frame.of(source, to.mac(), of(List.of(0x88b5, 0x835, 0x1234)), new Payload.Other());
                };
        var back = Frame.of(to.mac(), from.mac(), 0x88b5, new Payload.Other());
        return new Exchange(Peer.Where.NEIGHBOR, isOutgoing, frame, back);
    }

    private Frame arp(int type, int operation, MacAddress source, MacAddress to, IpAddress sender, IpAddress target) {
        var inside = random.nextInt(5) == 0 ? STRANGER : source;
        return Frame.of(source, to, type, new Payload.Arp(1, EtherType.IPV4, operation, inside, sender, to, target));
    }

    private int port() {
        return FIRST_PORT + serial++ % PORTS_IN_USE;
    }

    int serial() {
        return serial;
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
