package dev.paddock.reach.probe;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.lab.LabEndpoint;
import dev.paddock.host.libvirt.nwfilter.FilterBindings;
import dev.paddock.host.packets.PacketException;
import dev.paddock.host.packets.PacketLabLayout;
import dev.paddock.host.packets.PacketRange;
import dev.paddock.reach.matrix.Conversation;
import dev.paddock.reach.matrix.Exchange;
import dev.paddock.reach.matrix.GuestScenario;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.matrix.PeerNetwork;
import dev.paddock.reach.matrix.Peers;
import dev.paddock.reach.matrix.ProbePort;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.policy.Endpoint;
import dev.paddock.reach.policy.MatrixCells;
import dev.paddock.reach.policy.NetworkTopology;
import dev.paddock.reach.policy.OutcomeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends the packets of matrices in a lab with the same networks and filters. */
public final class PacketTest {
    private static final String NETWORK = "network";
    private static final String FILTER = "nwfilter";

    private final HostConnector hosts;
    private final LabEndpoint lab;
    private final long process;
    private final NetworkTopology landscape;

    /**
     * Create a test.
     *
     * @param lab a lab that nobody else uses
     * @param process the first process of the lab
     */
    public PacketTest(HostConnector hosts, LabEndpoint lab, long process, NetworkTopology landscape) {
        this.hosts = hosts;
        this.lab = lab;
        this.process = process;
        this.landscape = landscape;
    }

    /**
     * The result of a test.
     *
     * @param cells the number of compared cells
     * @param differences the cells in which packets and evaluator disagree
     */
    public record Result(int cells, List<Difference> differences) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    /** A cell in which packets and evaluator disagree. */
    public record Difference(String cell, String told, String seen) {}

    /** Define all filters that are missing in the lab. */
    public void prepare() {
        try (var writer = hosts.writer(lab.uri());
                var reader = hosts.reader(lab.uri())) {
            var there = reader.read(FILTER, Optional.empty()).keySet();
            Map<String, Element> all = new LinkedHashMap<>(landscape.background());
            all.putAll(landscape.filters());
            all.forEach((name, document) -> {
                if (!there.contains(name)) {
                    writer.perform(new Action.Define(
                            new ResourceId(FILTER, name), XmlWriter.write(document.withoutChildren("uuid")), false));
                }
            });
        }
    }

    /** Send the packets of a matrix, and compare. */
    public Result of(Endpoint standpoint, ReachMatrix matrix) throws PacketException {
        var name = standpoint.setting().network().name();
        var document = landscape.networks().get(name);
        if (document == null || standpoint.setting().network().mode() == PeerNetwork.Mode.BRIDGE) {
            throw new IllegalArgumentException("[%s] is no network that can be proved".formatted(name));
        }
        var live = started(name, document);
        var bridge =
                live.child("bridge").flatMap(found -> found.attribute("name")).orElseThrow();
        var mac = live.child("mac")
                .flatMap(found -> found.attribute("address"))
                .flatMap(MacAddress::parse)
                .orElseThrow();
        var scene = matrix.scene().at(mac);
        try (var range = PacketRange.open(process, layout(scene, bridge));
                var bindings = FilterBindings.open(lab.uri())) {
            standpoint
                    .setting()
                    .filter()
                    .ifPresent(filter -> bindings.bind(
                            PacketLabLayout.GUEST_PORT,
                            scene.guest().mac().toString(),
                            filter,
                            standpoint.setting().settledParameters()));
            try {
                return compare(scene, matrix, new PacketTestRun(range));
            } finally {
                bindings.unbind(PacketLabLayout.GUEST_PORT);
            }
        }
    }

    private Element started(String name, Element document) {
        var id = new ResourceId(NETWORK, name);
        try (var writer = hosts.writer(lab.uri());
                var reader = hosts.reader(lab.uri())) {
            var before = read(reader, name);
            if (before.isEmpty()) {
                writer.perform(new Action.Define(
                        id, XmlWriter.write(document.withoutChildren("uuid").withoutChildren("metadata")), false));
            }
            writer.perform(new Action.Start(id));
            return read(reader, name).orElseThrow();
        }
    }

    private static Optional<Element> read(HostReader reader, String name) {
        return Optional.ofNullable(
                        reader.read(NETWORK, Optional.of(Set.of(name))).get(name))
                .flatMap(observed -> observed instanceof Observed.Present present
                        ? Optional.of(present.live().orElse(present.defined()))
                        : Optional.empty());
    }

    private static PacketLabLayout layout(GuestScenario scene, String bridge) {
        Map<String, String> neighbors = new LinkedHashMap<>();
        for (var port : List.of(scene.guest(), scene.neighbor())) {
            add(neighbors, port, false);
            if (scene.network().gateway(true).isPresent()) {
                add(neighbors, port, true);
            }
        }
        return new PacketLabLayout(
                bridge,
                neighbors,
                List.of(Peers.publicHost().address().toString()),
                scene.guest().isIsolated());
    }

    private static void add(Map<String, String> neighbors, ProbePort port, boolean isSix) {
        port.address(isSix)
                .filter(address -> !address.equals(IpAddress.ANY))
                .ifPresent(
                        address -> neighbors.put(address.toString(), port.mac().toString()));
    }

    private static Result compare(GuestScenario scene, ReachMatrix matrix, PacketTestRun packets)
            throws PacketException {
        List<String> labels = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        List<Conversation> told = new ArrayList<>();
        for (var cell : matrix.outgoing()) {
            labels.add(MatrixCells.to(cell));
            exchanges.add(scene.outgoing(cell.peer(), cell.traffic()));
            told.add(cell.conversation());
        }
        for (var cell : matrix.incoming()) {
            labels.add(MatrixCells.from(cell));
            exchanges.add(scene.incoming(cell.peer(), cell.traffic()));
            told.add(cell.conversation());
        }
        labels.add(MatrixCells.LEASE);
        exchanges.add(scene.lease());
        told.add(matrix.lease());
        var seen = packets.exchange(exchanges);
        List<Difference> differences = new ArrayList<>();
        for (var i = 0; i < seen.size(); i++) {
            var expected = OutcomeNames.of(told.get(i).outcome());
            var got = word(seen.get(i));
            if (!expected.equals(got)) {
                differences.add(new Difference(labels.get(i), expected, got));
            }
        }
        List<Frame> frames = new ArrayList<>();
        List<Peer.Where> to = new ArrayList<>();
        var misdeeds = List.copyOf(matrix.misdeeds().keySet());
        misdeeds.forEach(misdeed -> {
            frames.add(scene.frame(misdeed));
            to.add(scene.destination(misdeed));
        });
        var passed = packets.send(frames, to);
        for (var i = 0; i < misdeeds.size(); i++) {
            var verdict = matrix.misdeeds().get(misdeeds.get(i));
            if (verdict != null && verdict.passes() != passed.get(i)) {
                differences.add(new Difference(
                        misdeeds.get(i).words(), verdict.passes() ? "yes" : "no", passed.get(i) ? "yes" : "no"));
            }
        }
        return new Result(exchanges.size() + misdeeds.size(), differences);
    }

    private static String word(PacketTestRun.Seen seen) {
        if (!seen.request()) {
            return OutcomeNames.of(Conversation.Outcome.CLOSED);
        }
        return OutcomeNames.of(seen.reply() ? Conversation.Outcome.OPEN : Conversation.Outcome.ONE_WAY);
    }
}
