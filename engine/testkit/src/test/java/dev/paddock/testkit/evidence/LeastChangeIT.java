package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Cost;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can change while a network runs changes without anybody noticing; what cannot is told before. */
class LeastChangeIT {
    private static final String BRIDGE = "br-least";
    private static final String TAP = "tap-least";
    private static final Kind NETWORK = EngineLab.kind("network");
    private static final Kind FILTER = EngineLab.kind("nwfilter");

    private static final String FILTER_ONE =
            "<filter name='least'><rule action='drop' direction='in'><tcp dstportstart='80'/></rule></filter>";

    private static final String GUEST = """
            <domain type='qemu'>
              <name>least-guest</name>
              <memory unit='MiB'>32</memory>
              <os><type arch='x86_64'>hvm</type></os>
              <devices>
                <interface type='network'>
                  <mac address='52:54:00:11:22:33'/>
                  <source network='least'/>
                  <target dev='%s'/>
                  <filterref filter='least'/>
                </interface>
              </devices>
            </domain>
            """.formatted(TAP);

    /** Where each part that changes stands in braces. */
    private static final String BASE = """
            <network>
              <name>least</name>
              <forward mode='nat'/>
              <bridge name='%s'/>
              {mtu}
              {domain}
              <dns>
                {txt}
                {srv}
                {dnshost}
              </dns>
              <ip address='10.77.0.1' prefix='24'>
                <dhcp>
                  {range}
                  {host}
                </dhcp>
              </ip>
              {ip}
              {portgroup}
              {metadata}
            </network>
            """.formatted(BRIDGE);

    private static final String RANGE = "<range start='10.77.0.10' end='10.77.0.20'/>";
    private static final String HOST = "<host mac='52:54:00:11:22:33' name='one' ip='10.77.0.30'/>";
    private static final String TXT = "<txt name='t' value='one'/>";
    private static final String SRV = "<srv service='s' protocol='tcp' domain='d' target='t' port='80'/>";
    private static final String DNS_HOST = "<host ip='10.77.0.40'><hostname>h</hostname></host>";
    private static final String PORTGROUP = "<portgroup name='p'/>";

    private static final List<Row> LIVE = List.of(
            new Row("dhcp host added", "host", "", HOST),
            new Row(
                    "dhcp host modified",
                    "host",
                    HOST,
                    HOST.replace("one", "two").replace(".30", ".31")),
            new Row("dhcp host with another MAC", "host", HOST, HOST.replace("33'", "44'")),
            new Row("dhcp host deleted", "host", HOST, ""),
            new Row("dhcp host beside another", "host", HOST, HOST + "<host mac='52:54:00:11:22:55' ip='10.77.0.33'/>"),
            new Row("dhcp range added", "range", RANGE, RANGE + "<range start='10.77.0.50' end='10.77.0.60'/>"),
            new Row("dhcp range changed", "range", RANGE, RANGE.replace(".20", ".25")),
            new Row("dhcp range deleted", "range", RANGE, ""),
            new Row(
                    "dhcp lease time added",
                    "range",
                    RANGE,
                    RANGE.replace("/>", "><lease expiry='2' unit='hours'/></range>")),
            new Row("dns host added", "dnshost", "", DNS_HOST),
            new Row("dns host changed", "dnshost", DNS_HOST, DNS_HOST.replace(">h<", ">other<")),
            new Row("dns host deleted", "dnshost", DNS_HOST, ""),
            new Row("txt added", "txt", "", TXT),
            new Row("txt changed", "txt", TXT, TXT.replace("one", "two")),
            new Row("txt deleted", "txt", TXT, ""),
            new Row("srv added", "srv", "", SRV),
            new Row("srv changed", "srv", SRV, SRV.replace("80", "443")),
            new Row("srv deleted", "srv", SRV, ""),
            new Row("portgroup added", "portgroup", "", PORTGROUP),
            new Row("portgroup modified", "portgroup", PORTGROUP, PORTGROUP.replace("/>", " default='yes'/>")),
            new Row("portgroup deleted", "portgroup", PORTGROUP, ""),
            new Row(
                    "metadata of others",
                    "metadata",
                    "",
                    "<metadata><o:note xmlns:o='https://example.org/o'>x</o:note></metadata>"));

    private static final List<Row> RESTART = List.of(
            new Row("mtu", "mtu", "", "<mtu size='1400'/>"),
            new Row("domain", "domain", "", "<domain name='lab.example.org'/>"),
            new Row("another address", "ip", "", "<ip address='10.78.0.1' prefix='24'/>"));

    private final EvidenceTable table = new EvidenceTable("Least change: a running network with a guest on it");

    @TempDir
    private Path scratch;

    /** A change of one part. */
    private record Row(String name, String part, String before, String after) {}

    /** What a guest would notice: the numbers that the kernel gives to the bridge and the tap, and who holds the tap. */
    private record Links(String bridge, String tap, String master) {}

    @BeforeEach
    @AfterEach
    void clear() throws LabException {
        inside("virsh", "-q", "destroy", "least-guest");
        try (var engine = new EngineLab(Labs.uri())) {
            engine.destroy(network("", ""));
            engine.destroy(filter(FILTER_ONE));
        }
    }

    @Test
    void whatRunsStaysWhereItIsThroughLiveChanges() throws Exception {
        try (var engine = new EngineLab(Labs.uri())) {
            start(engine);
            for (var row : LIVE) {
                applied(engine, network(row.part(), row.before()));
                change(engine, row.name(), network(row.part(), row.after()), true);
            }
            change(engine, "filter redefined", filter(FILTER_ONE.replace("80", "443")), true);
            change(
                    engine,
                    "filter with another rule",
                    filter(FILTER_ONE.replace(
                            "</filter>", "<rule action='accept' direction='out'><all/></rule></filter>")),
                    true);
            for (var row : RESTART) {
                applied(engine, network(row.part(), row.before()));
                change(engine, row.name(), network(row.part(), row.after()), false);
            }
        }
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("rows")).isEqualTo(LIVE.size() + 2 + RESTART.size());
    }

    private void start(EngineLab engine) throws Exception {
        applied(engine, filter(FILTER_ONE));
        applied(engine, network("", ""));
        var file = scratch.resolve("guest.xml");
        Files.writeString(file, GUEST);
        var outcome = inside("virsh", "-q", "create", file.toString());
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        assertThat(links().master()).isEqualTo(BRIDGE);
    }

    private void change(EngineLab engine, String name, DeclaredItem item, boolean live) throws LabException {
        var row = live ? "live" : "restart";
        table.count(row, "rows");
        for (var column : List.of("bridge kept", "tap kept", "plugged in", "told before")) {
            table.count(row, column, 0);
        }
        var before = links();
        var plan = engine.plan(item);
        if (plan.hasErrors() || plan.isEmpty()) {
            table.violation(name + ": " + NoiseCheck.text(plan));
            return;
        }
        var step = plan.work().getFirst();
        var restarts = step.actions().stream().anyMatch(Action.Stop.class::isInstance);
        if (step.cost() != (live ? Cost.LIVE : Cost.RESTART) || restarts == live) {
            table.violation(name + ": costs a " + step.cost().label() + ": " + NoiseCheck.text(plan));
        }
        var names = step.interrupts().stream().map(guest -> guest.domain()).toList();
        if (names.equals(live ? List.of() : List.of("least-guest"))) {
            table.count(row, "told before");
        } else {
            table.violation(name + ": the guests it interrupts are said to be " + names);
        }
        var problems = engine.apply(plan, item).problems();
        problems.forEach(problem -> table.violation(name + ": " + problem));
        var rest = engine.plan(item);
        if (!rest.isEmpty()) {
            table.violation(name + ": left to do: " + NoiseCheck.text(rest));
        }
        var after = links();
        table.count(row, "bridge kept", before.bridge().equals(after.bridge()) ? 1 : 0);
        table.count(row, "tap kept", before.tap().equals(after.tap()) ? 1 : 0);
        table.count(row, "plugged in", after.master().equals(BRIDGE) ? 1 : 0);
        if (live
                ? !before.equals(after)
                : !(before.tap().equals(after.tap()) && after.master().equals(BRIDGE))) {
            table.violation(name + ": from " + before + " to " + after);
        }
    }

    private static void applied(EngineLab engine, DeclaredItem item) {
        assertThat(engine.apply(item).problems()).isEmpty();
    }

    private static DeclaredItem filter(String xml) {
        return new DeclaredItem(FILTER, read(xml), true);
    }

    private static DeclaredItem network(String part, String content) {
        Map<String, String> parts = new LinkedHashMap<>(Map.of("range", RANGE));
        parts.put(part, content);
        var text = BASE;
        for (var name :
                List.of("mtu", "domain", "txt", "srv", "dnshost", "range", "host", "ip", "portgroup", "metadata")) {
            text = text.replace("{" + name + "}", parts.getOrDefault(name, ""));
        }
        return new DeclaredItem(NETWORK, read(text), true);
    }

    private static Element read(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw new IllegalStateException(xml, malformed);
        }
    }

    private static Links links() throws LabException {
        return new Links(
                line("cat", "/sys/class/net/" + BRIDGE + "/ifindex"),
                line("cat", "/sys/class/net/" + TAP + "/ifindex"),
                line("sh", "-c", "basename $(readlink /sys/class/net/" + TAP + "/master)"));
    }

    private static String line(String... command) throws LabException {
        return inside(command) instanceof ProcessResult.Ended ended
                ? ended.output().strip()
                : "";
    }

    private static ProcessResult inside(String... command) throws LabException {
        return Labs.shared().capture(List.of(command));
    }
}
