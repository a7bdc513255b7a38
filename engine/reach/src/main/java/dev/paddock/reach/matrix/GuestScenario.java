package dev.paddock.reach.matrix;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.net.Subnet;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.EtherType;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.List;
import java.util.OptionalInt;

/**
 * A VM on a network, with another VM as its neighbor.
 *
 * @param hostMac the address of the network's bridge
 */
public record GuestScenario(PeerNetwork network, ProbePort guest, ProbePort neighbor, MacAddress hostMac) {
    private static final int DHCP_SERVER = 67;
    private static final int DHCP_CLIENT = 68;

    /** The traffic that filters pass most often. */
    private static final List<Traffic> LIKELY = List.of(
            new Traffic.Tcp(443),
            new Traffic.Tcp(80),
            new Traffic.Tcp(22),
            new Traffic.Tcp(8080),
            new Traffic.Udp(53),
            new Traffic.Ping());

    /** Return this scenario with another address of the bridge. */
    public GuestScenario at(MacAddress bridge) {
        return new GuestScenario(network, guest, neighbor, bridge);
    }

    /** Return an exchange that the VM starts with a peer. */
    public Exchange outgoing(Peer peer, Traffic traffic) {
        var isSix = peer.address().isSix();
        var mine = own(guest, isSix);
        var theirs = peer.address();
        var mac = mac(peer);
        return new Exchange(
                peer.where(),
                true,
                frame(guest.mac(), mac, mine, theirs, traffic.request(isSix), ConnectionState.FIRST),
                frame(mac, guest.mac(), theirs, mine, traffic.reply(isSix), ConnectionState.ANSWER));
    }

    /** Return an exchange that a peer starts with the VM. */
    public Exchange incoming(Peer peer, Traffic traffic) {
        var isSix = peer.address().isSix();
        var mine = own(guest, isSix);
        var theirs = peer.address();
        var mac = mac(peer);
        return new Exchange(
                peer.where(),
                false,
                frame(mac, guest.mac(), theirs, mine, traffic.request(isSix), ConnectionState.FIRST),
                frame(guest.mac(), mac, mine, theirs, traffic.reply(isSix), ConnectionState.ANSWER));
    }

    /** Return the VM's DHCP request and the answer, which is a connection of its own. */
    public Exchange lease() {
        var server = network.gateway(false).map(Subnet::address).orElse(IpAddress.ANY);
        return new Exchange(
                Peer.Where.HOST,
                true,
                discover(),
                frame(
                        hostMac,
                        guest.mac(),
                        server,
                        own(guest, false),
                        new Transport.Datagram(Transport.UDP, DHCP_SERVER, DHCP_CLIENT),
                        ConnectionState.FIRST));
    }

    /** Return the verdicts on an exchange. */
    public Conversation judge(Exchange exchange) {
        return exchange.isOutgoing()
                ? new Conversation(out(exchange.where(), exchange.request()), in(exchange.where(), exchange.reply()))
                : new Conversation(in(exchange.where(), exchange.request()), out(exchange.where(), exchange.reply()));
    }

    /** Return the verdict on a spoofing attempt by the VM. */
    public ReachVerdict misdeed(SpoofingAttempt misdeed) {
        return out(destination(misdeed), frame(misdeed));
    }

    /**
     * Return the frame of a spoofing attempt. As far as possible, it differs from an allowed frame only in what is
     * forged.
     */
    public Frame frame(SpoofingAttempt misdeed) {
        return frame(misdeed, open());
    }

    private Frame frame(SpoofingAttempt misdeed, Way way) {
        var honest = honest(way);
        return switch (misdeed) {
            case FORGED_MAC -> honest.from(new MacAddress(guest.mac().bits() ^ 0x11));
            case FORGED_IP ->
                frame(
                        guest.mac(),
                        honest.destination(),
                        own(guest, false).plus(77),
                        way.peer().address(),
                        way.traffic().request(false),
                        ConnectionState.FIRST);
            case ARP_AS_GATEWAY ->
                Frame.of(
                        guest.mac(),
                        neighbor.mac(),
                        EtherType.ARP,
                        Payload.Arp.of(
                                Payload.Arp.REPLY,
                                guest.mac(),
                                network.gateway(false).map(Subnet::address).orElse(IpAddress.ANY),
                                neighbor.mac(),
                                own(neighbor, false)));
            case VLAN_TAG -> honest.tagged(7);
            case OTHER_PROTOCOL ->
                Frame.of(guest.mac(), neighbor.mac(), SpoofingAttempt.EXPERIMENTAL, new Payload.Other());
        };
    }

    /** A peer and the traffic with it. */
    private record Way(Peer peer, Traffic traffic) {}

    /** Return the destination of a spoofing attempt. */
    public Peer.Where destination(SpoofingAttempt misdeed) {
        return switch (misdeed) {
            case FORGED_MAC, FORGED_IP -> open().peer().where();
            case ARP_AS_GATEWAY, VLAN_TAG, OTHER_PROTOCOL -> Peer.Where.NEIGHBOR;
        };
    }

    private Way open() {
        List<Peer> peers =
                List.of(new Peer("guests", Peer.Where.NEIGHBOR, own(neighbor, false)), Peers.internet(false));
        for (var peer : peers) {
            for (var traffic : LIKELY) {
                var way = new Way(peer, traffic);
                if (out(peer.where(), honest(way)).passes()) {
                    return way;
                }
            }
        }
        return new Way(peers.getFirst(), LIKELY.getFirst());
    }

    private Frame honest(Way way) {
        return frame(
                guest.mac(),
                mac(way.peer()),
                own(guest, false),
                way.peer().address(),
                way.traffic().request(false),
                ConnectionState.FIRST);
    }

    private Frame discover() {
        var packet = new Payload.Ip(
                IpAddress.ANY, IpAddress.BROADCAST, 0, new Transport.Datagram(Transport.UDP, DHCP_CLIENT, DHCP_SERVER));
        return new Frame(
                guest.mac(), MacAddress.BROADCAST, OptionalInt.empty(), EtherType.IPV4, packet, ConnectionState.FIRST);
    }

    private ReachVerdict out(Peer.Where to, Frame frame) {
        var crossing = new BridgePath(network);
        return switch (to) {
            case HOST -> crossing.toHost(guest, frame);
            case NEIGHBOR -> crossing.toNeighbor(guest, neighbor, frame);
            case BEYOND -> crossing.outward(guest, frame);
        };
    }

    private ReachVerdict in(Peer.Where from, Frame frame) {
        var crossing = new BridgePath(network);
        return switch (from) {
            case HOST -> crossing.fromHost(guest, frame);
            case NEIGHBOR -> crossing.toNeighbor(neighbor, guest, frame);
            case BEYOND -> crossing.inward(guest, frame);
        };
    }

    private MacAddress mac(Peer peer) {
        return peer.where() == Peer.Where.NEIGHBOR ? neighbor.mac() : hostMac;
    }

    /** A VM without an address has a link-local address, or none. */
    private static IpAddress own(ProbePort port, boolean isSix) {
        return port.address(isSix).orElseGet(() -> isSix ? LinkLocal.of(port.mac()) : IpAddress.ANY);
    }

    private static Frame frame(
            MacAddress from,
            MacAddress to,
            IpAddress source,
            IpAddress destination,
            Transport transport,
            ConnectionState tracking) {
        return Frame.of(from, to, new Payload.Ip(source, destination, 0, transport), tracking);
    }
}
