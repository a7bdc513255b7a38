package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does with virsh behind paddock's back, on real libvirt. */
@Timeout(300)
class LabDriftIT {
    private static final Lab LAB = Labs.lab("drift");
    private static final String PLAYBOOK = """
            - networks:
                - name: agents
                  bridge: br-agents
                  address: 192.168.101.1/24
                  dhcp: 192.168.101.10-192.168.101.254
                  mtu: 1400
                  autostart: true
              nwfilters:
                - {name: quiet, rules: [{action: drop, direction: in, priority: 300, icmp: {}}]}
            """;
    private static final String GUEST = """
            <domain type='qemu'><name>guest</name><memory unit='MiB'>32</memory>
              <os><type arch='x86_64'>hvm</type></os>
              <devices><interface type='network'><mac address='52:54:00:aa:00:01'/><source network='agents'/></interface></devices>
            </domain>
            """;

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private String file = "";

    @BeforeAll
    static void start() throws Exception {
        LAB.start();
    }

    @AfterAll
    static void stop() throws Exception {
        LAB.stop();
    }

    @BeforeEach
    void applied() {
        shell = new Shell(new LibvirtConnector(), folder);
        file = shell.file("a.yaml", PLAYBOOK);
        applied(file);
    }

    @AfterEach
    void destroyed() throws Exception {
        LAB.capture(List.of("virsh", "destroy", "guest"));
        var destroy = run("destroy", file, "--auto-approve");
        assertThat(destroy.exitCode()).as(destroy.all()).isZero();
    }

    private Shell.Result run(String... arguments) {
        var all = new ArrayList<>(List.of("-c", LAB.endpoint().uri()));
        all.addAll(List.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    private void applied(String playbook) {
        shell.applied("-c", LAB.endpoint().uri(), playbook);
    }

    private String virsh(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("virsh"));
        command.addAll(List.of(arguments));
        var outcome = LAB.capture(command);
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        return ((ProcessResult.Ended) outcome).output();
    }

    private String everything() throws Exception {
        return virsh("net-dumpxml", "agents")
                + virsh("net-dumpxml", "--inactive", "agents")
                + virsh("net-info", "agents")
                + virsh("nwfilter-dumpxml", "quiet")
                + virsh("net-list", "--all")
                + virsh("nwfilter-list");
    }

    /** Drift is shown, each difference in one line and nothing else, and applied away. */
    private void drift(String... shown) {
        var plan = run("plan", file, "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all()).isEqualTo(2);
        var differences = plan.output()
                .lines()
                .filter(line -> line.matches(" {6}[-+~] .*"))
                .toList();
        assertThat(differences).as(plan.output()).hasSameSizeAs(shown);
        for (var i = 0; i < shown.length; i++) {
            assertThat(differences.get(i)).contains(shown[i]);
        }
        applied(file);
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        var before = everything();
        run("plan", shell.file("b.yaml", PLAYBOOK.replace("1400", "1300").replace("300", "400")), "--prune");
        run("plan", file, "--destroy");
        run("apply", shell.path("b.yaml"), "--check", "--diff");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void autostartOff() throws Exception {
        virsh("net-autostart", "--disable", "agents");
        drift("autostart: \"no\" -> \"yes\"");
    }

    @Test
    void networkStopped() throws Exception {
        virsh("net-destroy", "agents");
        drift("state: \"inactive\" -> \"active\"");
    }

    @Test
    void hostAdded() throws Exception {
        virsh(
                "net-update",
                "agents",
                "add",
                "ip-dhcp-host",
                "<host mac='52:54:00:00:00:07' ip='192.168.101.50'/>",
                "--live",
                "--config");
        drift("- ip/dhcp/host: <host mac='52:54:00:00:00:07' ip='192.168.101.50'/>  (live)");
    }

    @Test
    void undefinedWhileActive() throws Exception {
        virsh("net-undefine", "agents");
        drift("persistent: \"no\" -> \"yes\"", "autostart: \"no\" -> \"yes\"");
        assertThat(virsh("net-info", "agents"))
                .containsPattern("Persistent:\\s+yes")
                .containsPattern("Autostart:\\s+yes");
    }

    @Test
    void definitionChangedWhileRunning() throws Exception {
        define(virsh("net-dumpxml", "--inactive", "agents").replace("1400", "1200"));
        drift("mtu/@size: \"1200\" -> \"1400\"");
        virsh("net-destroy", "agents");
        define(virsh("net-dumpxml", "--inactive", "agents").replace("1400", "1200"));
        virsh("net-start", "agents");
        define(virsh("net-dumpxml", "--inactive", "agents").replace("1200", "1400"));
        drift("mtu/@size in what runs: \"1200\" -> \"1400\"");
    }

    @Test
    void foreignMetadataIsKept() throws Exception {
        define(virsh("net-dumpxml", "--inactive", "agents")
                .replace("</metadata>", "<my:note xmlns:my='urn:example:mine'>kept</my:note></metadata>"));
        shell.inSync("-c", LAB.endpoint().uri(), file);
        applied(shell.file("b.yaml", PLAYBOOK.replace("1400", "1300")));
        assertThat(virsh("net-dumpxml", "--inactive", "agents")).contains("urn:example:mine");
    }

    @Test
    void filterChanged() throws Exception {
        var xml = virsh("nwfilter-dumpxml", "quiet").replace("'300'", "'301'");
        virsh("nwfilter-define", Files.writeString(folder.resolve("f.xml"), xml).toString());
        drift("\"301\" -> \"300\"");
    }

    @Test
    void guestsAreNamedAndPluggedInAgain() throws Exception {
        virsh("create", Files.writeString(folder.resolve("guest.xml"), GUEST).toString());
        virsh("net-destroy", "agents");
        virsh("net-start", "agents");
        drift("guest 52:54:00:aa:00:01");
        assertThat(plugged()).isTrue();

        var restart = run("plan", shell.file("b.yaml", PLAYBOOK.replace("1400", "1300")));
        assertThat(restart.output()).contains("! network/agents", "interrupts: guest (52:54:00:aa:00:01)");
        applied(shell.path("b.yaml"));
        assertThat(plugged()).isTrue();

        virsh("net-destroy", "agents");
        virsh("net-undefine", "agents");
        applied(file);
        assertThat(plugged()).isTrue();
    }

    @Test
    void pendingUntilTheNextStart() throws Exception {
        var later = shell.file("b.yaml", PLAYBOOK.replace("mtu: 1400", "mtu: 1300\n      on_change: next-boot"));
        assertThat(run("plan", later).output()).contains("(1 next boot)");
        applied(later);
        assertThat(run("plan", later).output()).contains("waits for its next start");
        assertThat(virsh("net-dumpxml", "agents")).contains("1400");
        virsh("net-destroy", "agents");
        virsh("net-start", "agents");
        assertThat(run("plan", later).output()).startsWith("No changes.");
        assertThat(virsh("net-dumpxml", "agents")).contains("1300");
    }

    @Test
    void everyHostIsPlannedAlsoWhenOneDoesNotAnswer() {
        var inventory = shell.file(
                "hosts.yaml",
                "hosts: {here: '" + LAB.endpoint().uri()
                        + "', gone: 'qemu:///system?socket=/nonexistent/libvirt-sock'}\n");
        var all = shell.file(
                "all.yaml",
                PLAYBOOK.replace("- networks:", "- hosts: all\n  networks:").replace("1400", "1300"));
        var plan = shell.run("plan", "-i", inventory, all);
        assertThat(plan.exitCode()).isEqualTo(3);
        assertThat(plan.output()).contains("Host here", "mtu/@size");
        assertThat(plan.messages()).contains("Host 'gone'", "/nonexistent/libvirt-sock", "--limit 'all,!gone'");
    }

    private void define(String xml) throws Exception {
        virsh("net-define", Files.writeString(folder.resolve("n.xml"), xml).toString());
    }

    /** Whether the guest's end hangs on the bridge. */
    private boolean plugged() throws Exception {
        var outcome = LAB.capture(List.of("sh", "-c", "ls /sys/class/net/br-agents/brif"));
        return outcome instanceof ProcessResult.Ended ended && ended.output().contains("vnet");
    }
}
