package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody does with virsh, behind paddock's back, to a guest that runs: each is shown as it is and brought back.
 * Prints {@code target/guest-drift.txt}.
 */
@Timeout(300)
class GuestDriftIT {
    private static final String PLAYBOOK = """
            - networks:
                - {name: strays, bridge: br-strays, address: 192.168.73.1/24, dhcp: 192.168.73.10-192.168.73.99}
                - {name: strays-too, bridge: br-strays-2, address: 192.168.74.1/24}
              vms:
                - name: strays
                  image: tiny
                  memory: 256 MiB
                  autostart: true
                  networks: [{name: strays, mac: "52:54:00:73:00:01", filter: clean-traffic}]
                  channels: [{name: dev.paddock.agent.0}]
                  disks: [{target: vda, size: 16 MiB}]
                  shutdown: {timeout: 20, force: true}
                  ready: {agent: yes, timeout: 120}
            """;

    private static final String OTHER_TOOL = "virsh metadata strays urn:example:tool";
    private static final String KEPT = "<note by=\"hand\">kept</note>";
    private static final String UNFILTERED =
            "<interface type='network'><mac address='52:54:00:73:00:01'/><source network='strays'/><model type='virtio'/></interface>";

    /** What libvirt tells of it, line by line, but for what another start or another port of its bus changes. */
    private static final String STATE = """
            (virsh dominfo strays | grep -vE '^(Id|CPU time|Security.*):'
            virsh dumpxml strays --inactive --security-info | sed 's/^ *//' | grep -v "^<address type='pci'") | sort
            """;

    private static final Path TABLE = Path.of("target", "guest-drift.txt");
    private static final String ROW = "%-32s  %-58s  %-7s  %-9s  %s%n";

    @TempDir
    static Path folder;

    private static Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private static String playbook = "";

    @BeforeAll
    static void runs() throws Exception {
        shell = new Shell(new LibvirtConnector(), folder);
        playbook = shell.file("strays.yaml", PLAYBOOK);
        shell.file("unfiltered.xml", UNFILTERED);
        applied();
        byHand(OTHER_TOOL + " --key t --set '" + KEPT + "' --live --config");
        Files.writeString(
                TABLE, ROW.formatted("done by hand", "shown", "process", "next plan", "metadata of another tool"));
    }

    @AfterAll
    static void isRemoved() {
        var destroyed = paddock("destroy", playbook, "--allow-data-loss", "--auto-approve");
        assertThat(destroyed.exitCode()).as(destroyed.all()).isZero();
    }

    private static Shell.Result paddock(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", Labs.uri()));
        all.addAll(List.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    private static void applied() {
        shell.applied("-c", Labs.uri(), playbook);
    }

    private static String byHand(String script) throws Exception {
        var outcome = Labs.shared().capture(List.of("sh", "-c", script));
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        return ((ProcessResult.Ended) outcome).output();
    }

    private static String process() throws Exception {
        return byHand("cat /run/libvirt/qemu/strays.pid 2>/dev/null || echo none");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an interface more               | attach-interface strays network strays-too --mac 52:54:00:73:00:09 --model virtio --live --config | - devices/interface[mac/@address='52:54:00:73:00:09']: | same
        a disk less                     | detach-disk strays vda --live --config                          | + devices/disk:                      | same
        the filter of an interface      | update-device strays unfiltered.xml --live --config             | + devices/interface/filterref        | same
        the link of an interface cut    | domif-setlink strays 52:54:00:73:00:01 down                     | - devices/interface/link             | same
        memory taken away               | setmem strays 200M --live --config                              | - currentMemory: "204800"            | same
        memory from the next start on   | setmaxmem strays 384M --config                                  | ~ memory: "393216" -> "262144"; - currentMemory: "262144" | same
        processors from the next start  | setvcpus strays 2 --maximum --config                            | - vcpu/@current: "1"; ~ vcpu: "2" -> "1" | same
        paused                          | suspend strays                                                  | ~ state: "paused" -> "active"        | same
        stopped                         | destroy strays                                                  | ~ state: "inactive" -> "active"      | another
        autostart off                   | autostart strays --disable                                      | ~ autostart: "no" -> "yes"           | same
        its network gone                | net-destroy strays; net-undefine strays                         | + network/strays                     | same
        undefined while it runs         | undefine strays                                                 | ~ persistent: "no" -> "yes"; ~ autostart: "no" -> "yes" | same
        """)
    void isShownAndBroughtBack(String what, String commands, String shown, String process) throws Exception {
        var state = byHand(STATE);
        var ran = process();
        for (var command : List.of(commands.split("; "))) {
            byHand("cd " + folder + " && virsh " + command);
        }

        var plan = paddock("plan", playbook, "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all()).isEqualTo(2);
        var differences = differences(plan.output());
        var expected = List.of(shown.split("; "));
        assertThat(differences).as(plan.output()).hasSameSizeAs(expected);
        for (var i = 0; i < expected.size(); i++) {
            assertThat(differences.get(i)).startsWith(expected.get(i));
        }

        applied();
        returns(state);
        assertThat(process().equals(ran) ? "same" : "another").isEqualTo(process);
        assertThat(byHand(OTHER_TOOL)).contains(KEPT);
        Files.writeString(TABLE, ROW.formatted(what, shown, process, "empty", "kept"), StandardOpenOption.APPEND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"setmaxmem strays 384M --config", "setvcpus strays 2 --maximum --config"})
    void isNotRestartedForWhatRunsAsItShould(String command) throws Exception {
        var file = shell.file(
                "restart.yaml", PLAYBOOK.replace("autostart: true", "autostart: true\n      on_change: restart"));
        shell.applied("-c", Labs.uri(), file);
        var state = byHand(STATE);
        var ran = process();
        byHand("virsh " + command);

        assertThat(paddock("plan", file).output()).contains("1 to change").doesNotContain("restarted");
        shell.applied("-c", Labs.uri(), file);

        assertThat(process()).isEqualTo(ran);
        returns(state);
    }

    /** The guest gives memory back when it gets to it. */
    private static void returns(String state) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var now = byHand(STATE);
        while (!now.equals(state) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            now = byHand(STATE);
        }
        assertThat(now).isEqualTo(state);
    }

    /** Return each difference, and what is made, in one line. */
    private static List<String> differences(String plan) {
        return plan.lines()
                .filter(line -> line.matches(" {6}[-+~] [a-z].*| {2}[-+] .*"))
                .map(String::strip)
                .filter(line -> !line.equals("+ state: active"))
                .toList();
    }
}
