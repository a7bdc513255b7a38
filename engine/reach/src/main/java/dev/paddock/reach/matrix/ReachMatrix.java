package dev.paddock.reach.matrix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The reachability of a VM: all questions with their answers.
 *
 * @param lease the verdict on its DHCP request
 * @param misdeeds the verdicts on spoofing attempts
 */
public record ReachMatrix(
        GuestScenario scene,
        List<Traffic> traffic,
        List<Peer> peers,
        List<Cell> outgoing,
        List<Cell> incoming,
        Conversation lease,
        Map<SpoofingAttempt, ReachVerdict> misdeeds) {
    public ReachMatrix {
        traffic = List.copyOf(traffic);
        peers = List.copyOf(peers);
        outgoing = List.copyOf(outgoing);
        incoming = List.copyOf(incoming);
        misdeeds = Collections.unmodifiableMap(new EnumMap<>(misdeeds));
    }

    /** The verdict on one type of traffic with one peer. */
    public record Cell(Peer peer, Traffic traffic, Conversation conversation) {}

    /** Evaluate this traffic with all peers, in both directions. */
    public static ReachMatrix of(GuestScenario scene, List<Traffic> traffic) {
        return of(scene, traffic, List.of());
    }

    /** Evaluate this traffic with all peers and with additional ones, in both directions. */
    public static ReachMatrix of(GuestScenario scene, List<Traffic> traffic, List<Peer> others) {
        List<Peer> peers = new ArrayList<>(Peers.of(scene.network(), scene.neighbor()));
        peers.addAll(others);
        List<Cell> outgoing = new ArrayList<>();
        List<Cell> incoming = new ArrayList<>();
        for (var peer : peers) {
            for (var spoken : traffic) {
                outgoing.add(new Cell(peer, spoken, scene.judge(scene.outgoing(peer, spoken))));
                incoming.add(new Cell(peer, spoken, scene.judge(scene.incoming(peer, spoken))));
            }
        }
        Map<SpoofingAttempt, ReachVerdict> misdeeds = new EnumMap<>(SpoofingAttempt.class);
        for (var misdeed : SpoofingAttempt.values()) {
            misdeeds.put(misdeed, scene.misdeed(misdeed));
        }
        return new ReachMatrix(scene, traffic, peers, outgoing, incoming, scene.judge(scene.lease()), misdeeds);
    }
}
