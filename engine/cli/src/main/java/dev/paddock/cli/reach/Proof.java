package dev.paddock.cli.reach;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import dev.paddock.host.lab.Endpoint;
import dev.paddock.host.libvirt.FilterBindings;
import dev.paddock.host.packets.Layout;
import dev.paddock.host.packets.PacketException;
import dev.paddock.host.packets.PacketRange;
import dev.paddock.nwfilter.packet.Frame;
import dev.paddock.nwfilter.packet.IpAddress;
import dev.paddock.nwfilter.packet.MacAddress;
import dev.paddock.nwfilter.reach.Conversation;
import dev.paddock.nwfilter.reach.Exchange;
import dev.paddock.nwfilter.reach.Matrix;
import dev.paddock.nwfilter.reach.Network;
import dev.paddock.nwfilter.reach.Peer;
import dev.paddock.nwfilter.reach.Peers;
import dev.paddock.nwfilter.reach.Port;
import dev.paddock.nwfilter.reach.Scene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The packets of matrices, sent in a lab that has the same networks and filters. */
public final class Proof {
    private static final String NETWORK = "network";
    private static final String FILTER = "nwfilter";

    private final HostConnector hosts;
    private final Endpoint lab;
    private final long process;
    private final Landscape landscape;

    /**
     * @param lab a lab that nobody else uses
     * @param process its first process
     */
    public Proof(HostConnector hosts, Endpoint lab, long process, Landscape landscape) {
        this.hosts = hosts;
        this.lab = lab;
        this.process = process;
        this.landscape = landscape;
    }

    /**
     * What came of a proof.
     *
     * @param cells how many were compared
     * @param differences those of which packets and rules say different things
     */
    public record Result(int cells, List<Difference> differences) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    /** A cell in which packets and rules say different things. */
    public record Difference(String cell, String told, String seen) {}

    /** Define all filters that the lab does not have yet. */
    public void prepare() {
        try (var writer = hosts.writer(lab.uri());
                var reader = hosts.reader(lab.uri())) {
            var there = reader.read(FILTER, Optional.empty()).keySet();
            Map<String, Element> all = new LinkedHashMap<>(landscape.background());
            all.putAll(landscape.filters());
            all.forEach((name, document) -> {
                if (!there.contains(name)) {
                    writer.perform(new Action.Define(
                            new ResourceId(FILTER, name), XmlWriting.write(document.withoutChildren("uuid")), false));
                }
            });
        }
    }

    /** Send the packets of a matrix. */
    public Result of(Standpoint standpoint, Matrix matrix) throws PacketException {
        var name = standpoint.setting().network().name();
        var document = landscape.networks().get(name);
        if (document == null || standpoint.setting().network().mode() == Network.Mode.BRIDGE) {
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
                            Layout.GUEST_PORT,
                            scene.guest().mac().toString(),
                            filter,
                            standpoint.setting().settledParameters()));
            try {
                return compare(scene, matrix, new PacketProof(range));
            } finally {
                bindings.unbind(Layout.GUEST_PORT);
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
                        id, XmlWriting.write(document.withoutChildren("uuid").withoutChildren("metadata")), false));
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

    private static Layout layout(Scene scene, String bridge) {
        Map<String, String> neighbors = new LinkedHashMap<>();
        for (var port : List.of(scene.guest(), scene.neighbor())) {
            add(neighbors, port, false);
            if (scene.network().gateway(true).isPresent()) {
                add(neighbors, port, true);
            }
        }
        return new Layout(
                bridge,
                neighbors,
                List.of(Peers.publicHost().address().toString()),
                scene.guest().isIsolated());
    }

    private static void add(Map<String, String> neighbors, Port port, boolean isSix) {
        port.address(isSix)
                .filter(address -> !address.equals(IpAddress.ANY))
                .ifPresent(
                        address -> neighbors.put(address.toString(), port.mac().toString()));
    }

    private static Result compare(Scene scene, Matrix matrix, PacketProof packets) throws PacketException {
        List<String> labels = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        List<Conversation> told = new ArrayList<>();
        for (var cell : matrix.outgoing()) {
            labels.add(Cells.to(cell));
            exchanges.add(scene.outgoing(cell.peer(), cell.traffic()));
            told.add(cell.conversation());
        }
        for (var cell : matrix.incoming()) {
            labels.add(Cells.from(cell));
            exchanges.add(scene.incoming(cell.peer(), cell.traffic()));
            told.add(cell.conversation());
        }
        labels.add(Cells.LEASE);
        exchanges.add(scene.lease());
        told.add(matrix.lease());
        var seen = packets.exchange(exchanges);
        List<Difference> differences = new ArrayList<>();
        for (var i = 0; i < seen.size(); i++) {
            var expected = Words.of(told.get(i).outcome());
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

    private static String word(PacketProof.Seen seen) {
        if (!seen.request()) {
            return Words.of(Conversation.Outcome.CLOSED);
        }
        return Words.of(seen.reply() ? Conversation.Outcome.OPEN : Conversation.Outcome.ONE_WAY);
    }
}
