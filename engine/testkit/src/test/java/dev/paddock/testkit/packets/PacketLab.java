package dev.paddock.testkit.packets;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.Observed;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabStatus;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.libvirt.nwfilter.FilterBindings;
import dev.paddock.host.packets.PacketException;
import dev.paddock.host.packets.PacketLabLayout;
import dev.paddock.host.packets.PacketRange;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.reach.firewall.Firewall;
import dev.paddock.reach.firewall.FirewallBackend;
import dev.paddock.reach.firewall.FirewallBuild;
import dev.paddock.reach.matrix.Exchange;
import dev.paddock.reach.matrix.GuestScenario;
import dev.paddock.reach.matrix.InterfaceContext;
import dev.paddock.reach.matrix.PeerNetwork;
import dev.paddock.reach.policy.BackendNames;
import dev.paddock.reach.probe.PacketTestRun;
import dev.paddock.testkit.lab.Labs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A network of both families in the lab, on which filters are bound and packets sent. */
final class PacketLab implements AutoCloseable {
    private static final String NETWORK = "packets";
    private static final String FILTER = "nwfilter";
    private static final MacAddress GUEST = MacAddress.of("52:54:00:70:00:02");
    private static final String DOCUMENT =
            "<network><name>packets</name><forward mode='nat'/><bridge name='br-packets'/>"
                    + "<mac address='52:54:00:70:00:01'/><ip address='10.77.0.1' prefix='24'><dhcp>"
                    + "<range start='10.77.0.10' end='10.77.0.99'/></dhcp></ip>"
                    + "<ip family='ipv6' address='fd77::1' prefix='64'/></network>";

    private final String uri;
    private final PeerNetwork network;
    private final FirewallBackend backend;
    private final PacketRange range;
    private final FilterBindings bindings;
    private final PacketTestRun proof;

    private PacketLab(String uri, long process) throws PacketException {
        this.uri = uri;
        var document = read(DOCUMENT);
        this.network = PeerNetwork.of(document);
        var id = new ResourceId("network", NETWORK);
        try (var reader = new LibvirtConnector().reader(uri)) {
            this.backend = BackendNames.of(reader.filterBackend());
        }
        try (var writer = new LibvirtConnector().writer(uri)) {
            writer.perform(new Action.Define(id, DOCUMENT));
            writer.perform(new Action.Start(id));
        }
        var scene = new InterfaceContext(
                        network, Optional.empty(), Map.of(), GUEST, Optional.empty(), false, Map.of(), backend)
                .scene(Firewall.NONE);
        Map<String, String> neighbors = new LinkedHashMap<>();
        for (var port : List.of(scene.guest(), scene.neighbor())) {
            port.four()
                    .ifPresent(address ->
                            neighbors.put(address.toString(), port.mac().toString()));
            port.six()
                    .ifPresent(address ->
                            neighbors.put(address.toString(), port.mac().toString()));
        }
        for (var mine :
                List.of(scene.guest().four().orElseThrow(), scene.guest().six().orElseThrow())) {
            neighbors.put(mine.plus(RandomTraffic.FORGED).toString(), GUEST.toString());
        }
        this.range =
                PacketRange.open(process, new PacketLabLayout("br-packets", neighbors, List.of("198.51.100.1"), false));
        this.bindings = FilterBindings.open(uri);
        this.proof = new PacketTestRun(range);
    }

    static PacketLab open() throws PacketException {
        var lab = Labs.shared();
        return new PacketLab(Labs.endpoint().uri(), process(lab));
    }

    private static long process(Lab lab) {
        return lab.status() instanceof LabStatus.Running running ? running.init() : -1;
    }

    /** Define filters, with what libvirt refuses left out. */
    List<FilterDefinition> define(List<Element> documents) {
        List<FilterDefinition> taken = new ArrayList<>();
        try (var writer = new LibvirtConnector().writer(uri)) {
            for (var document : documents) {
                var name = document.attribute("name").orElseThrow();
                try {
                    writer.perform(new Action.Define(
                            new ResourceId(FILTER, name), XmlWriter.write(document.withoutChildren("uuid"))));
                    taken.add(FilterDefinition.of(document));
                } catch (HostException refused) {
                    if (refused.failure() != HostException.Failure.REFUSED) {
                        throw refused;
                    }
                }
            }
        }
        return taken;
    }

    /** Return all filters of the lab. */
    Map<String, FilterDefinition> filters() {
        try (var reader = new LibvirtConnector().reader(uri)) {
            return reader.read(FILTER, Optional.empty()).entrySet().stream()
                    .filter(entry -> entry.getValue() instanceof Observed.Present)
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> FilterDefinition.of(((Observed.Present) entry.getValue()).defined())));
        }
    }

    /** Remove filters; those that others need go with them. */
    void undefine(List<String> names) {
        try (var writer = new LibvirtConnector().writer(uri)) {
            names.forEach(name -> writer.perform(new Action.Undefine(new ResourceId(FILTER, name))));
        }
    }

    InterfaceContext setting(
            String filter, Map<String, List<String>> parameters, Map<String, FilterDefinition> filters) {
        return new InterfaceContext(
                network, Optional.of(filter), parameters, GUEST, Optional.empty(), false, filters, backend);
    }

    /** What packets of a filter did, beside what was told of them. */
    record Outcome(int cells, List<String> differences) {}

    /**
     * Bind the filter and send the exchanges.
     *
     * @return nothing where libvirt refuses to bind, which the evaluator has to have told
     */
    Optional<Outcome> fire(InterfaceContext setting, List<Exchange> exchanges) throws PacketException {
        var build = setting.settled();
        var told = build instanceof FirewallBuild.Ready ready
                ? Optional.of(setting.scene(ready.firewall()))
                : Optional.<GuestScenario>empty();
        try {
            bindings.bind(
                    PacketLabLayout.GUEST_PORT,
                    GUEST.toString(),
                    setting.filter().orElseThrow(),
                    setting.settledParameters());
        } catch (HostException refused) {
            bindings.unbind(PacketLabLayout.GUEST_PORT);
            return told.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Outcome(1, List.of("told to be bound, and libvirt says: " + refused.reason())));
        }
        try {
            if (told.isEmpty()) {
                return Optional.of(new Outcome(1, List.of("told to be refused, and libvirt binds it: " + build)));
            }
            return Optional.of(compare(told.get(), exchanges));
        } finally {
            bindings.unbind(PacketLabLayout.GUEST_PORT);
        }
    }

    private Outcome compare(GuestScenario scene, List<Exchange> exchanges) throws PacketException {
        var seen = proof.exchange(exchanges);
        List<String> differences = new ArrayList<>();
        var cells = 0;
        for (var i = 0; i < exchanges.size(); i++) {
            var told = scene.judge(exchanges.get(i));
            cells++;
            if (told.request().passes() != seen.get(i).request()) {
                differences.add("request %s: told %s, seen %s"
                        .formatted(exchanges.get(i), told.request(), seen.get(i).request()));
            } else if (seen.get(i).request()
                    && exchanges.get(i).request().packet().isPresent()) {
                cells++;
                if (told.reply().passes() != seen.get(i).reply()) {
                    differences.add("reply %s: told %s, seen %s"
                            .formatted(
                                    exchanges.get(i), told.reply(), seen.get(i).reply()));
                }
            }
        }
        return new Outcome(cells, differences);
    }

    FirewallBackend backend() {
        return backend;
    }

    PeerNetwork network() {
        return network;
    }

    static Element read(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException invalid) {
            throw new IllegalArgumentException(xml, invalid);
        }
    }

    @Override
    public void close() {
        bindings.close();
        range.close();
        try (var writer = new LibvirtConnector().writer(uri)) {
            writer.perform(new Action.Stop(new ResourceId("network", NETWORK)));
            writer.perform(new Action.Undefine(new ResourceId("network", NETWORK)));
        }
    }
}
