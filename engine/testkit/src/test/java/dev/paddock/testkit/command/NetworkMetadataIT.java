package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.Outcome;
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

/**
 * What newer versions of libvirt do with networks that run, and older ones do not. What the libvirt here does is asked of
 * it first.
 */
@Timeout(300)
class NetworkMetadataIT {
    private static final Lab LAB = Labs.lab("metadata");
    private static final String PLAIN = """
            - networks:
                - name: agents
                  bridge: br-agents
                  address: 192.168.101.1/24
            """;
    private static final String DESCRIBED = PLAIN + """
                  title: One
                  description: For agents
                  metadata: "<m:note xmlns:m='urn:example:mine' v='1'/>"
            """;
    private static final String HOSTS = PLAIN + """
                  dns:
                    hosts:
                      - {ip: 192.168.101.8, hostnames: [db]}
                      - {ip: 192.168.101.9, hostnames: [web]}
            """;

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private boolean describes;

    @BeforeAll
    static void start() throws Exception {
        LAB.start();
    }

    @AfterAll
    static void stop() throws Exception {
        LAB.stop();
    }

    @BeforeEach
    void probed() throws Exception {
        shell = new Shell(new LibvirtConnector(), folder);
        virsh("net-create", file("<network><name>probe</name><title>Kept</title></network>"));
        describes = virsh("net-dumpxml", "probe").contains("<title>Kept</title>");
        virsh("net-destroy", "probe");
    }

    @AfterEach
    void destroyed() throws Exception {
        var destroy = run("destroy", shell.file("a.yaml", PLAIN), "--auto-approve");
        assertThat(destroy.exitCode()).as(destroy.all()).isZero();
    }

    @Test
    void aTitleThatLibvirtWouldDropIsRefused() {
        var apply = run("apply", shell.file("a.yaml", DESCRIBED), "--auto-approve");
        if (describes) {
            assertThat(apply.exitCode()).as(apply.all()).isZero();
            assertThat(run("plan", shell.path("a.yaml")).output()).startsWith("No changes.");
        } else {
            assertThat(apply.exitCode()).as(apply.all()).isNotZero();
            assertThat(apply.messages()).contains("title");
        }
    }

    @Test
    void whatANetworkSaysOfItselfChangesWhileItRuns() throws Exception {
        var described = described();
        applied(described);
        var links = links();
        var other = described
                .replace("One", "Two")
                .replace("For agents", "For others")
                .replace("v='1'", "v='2'");
        var plan = run("plan", shell.file("b.yaml", other), "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all()).isEqualTo(2);
        assertThat(plan.output()).contains("metadata/", "1 to change (1 live)").doesNotContain("(restart");
        applied(other);
        assertThat(links()).isEqualTo(links);
        assertThat(virsh("net-dumpxml", "agents", "--inactive")).contains("v=\"2\"");
        if (describes) {
            assertThat(virsh("net-dumpxml", "agents", "--inactive")).contains("Two", "For others");
            assertThat(virsh("net-dumpxml", "agents")).contains("Two", "For others", "v=\"2\"");
        }
        applied(PLAIN);
        assertThat(virsh("net-dumpxml", "agents", "--inactive")).doesNotContain("Two", "urn:example:mine");
        if (describes) {
            assertThat(virsh("net-dumpxml", "agents")).doesNotContain("Two", "For others", "urn:example:mine");
        }
        assertThat(links()).isEqualTo(links);
    }

    @Test
    void whatSomebodyTellsANetworkThatRunsIsSeen() throws Exception {
        applied(described());
        if (!describes) {
            // Then nobody can, but by a definition, of which the next test tells.
            return;
        }
        virsh("net-desc", "agents", "--title", "Hand");
        virsh("net-metadata", "agents", "urn:example:mine", "--key", "m", "--set", "<note v='9'/>");
        drift("metadata/", "title in what runs: \"Hand\" -> \"One\"");
        assertThat(virsh("net-dumpxml", "agents")).contains("<title>One</title>", "v=\"1\"");
        virsh("net-desc", "agents", "For nobody");
        drift("description in what runs: \"For nobody\" -> \"For agents\"");
    }

    @Test
    void whatSomebodyDefinesIsSeen() throws Exception {
        applied(described());
        virsh("net-define", file(virsh("net-dumpxml", "agents", "--inactive").replace("v=\"1\"", "v=\"7\"")));
        drift("\"7\" -> \"1\"");
        if (describes) {
            virsh("net-desc", "agents", "--config", "--title", "Hand");
            drift("title: \"Hand\" -> \"One\"");
        }
    }

    @Test
    void anAdoptedNetworkIsOursAlsoWithoutADefinition() throws Exception {
        virsh(
                "net-define",
                file("<network><name>agents</name><bridge name='br-agents'/>"
                        + "<ip address='192.168.101.1' prefix='24'/></network>"));
        virsh("net-start", "agents");
        var adopted = run("apply", shell.file("playbook.yaml", PLAIN), "--adopt", "--auto-approve");
        assertThat(adopted.exitCode()).as(adopted.all()).isZero();
        assertThat(virsh("net-dumpxml", "agents").contains("paddock:resource")).isEqualTo(describes);
        if (describes) {
            virsh("net-undefine", "agents");
            drift("persistent: \"no\" -> \"yes\"");
        }
    }

    @Test
    void aDnsHostIsModifiedWhereLibvirtDoesThat() throws Exception {
        applied(HOSTS);
        var links = links();
        var modifies = LAB.capture(List.of(
                        "virsh",
                        "net-update",
                        "agents",
                        "modify",
                        "dns-host",
                        "<host ip='192.168.101.8'><hostname>probe</hostname></host>",
                        "--live",
                        "--config"))
                .isSuccess();
        applied(HOSTS.replace("[db]", "[store, db]"));
        assertThat(links()).isEqualTo(links);
        for (var document : List.of(virsh("net-dumpxml", "agents"), virsh("net-dumpxml", "agents", "--inactive"))) {
            assertThat(document).containsSubsequence("<hostname>store</hostname>", "<hostname>db</hostname>");
            // What is removed and added anew comes last.
            assertThat(document.indexOf("192.168.101.8") < document.indexOf("192.168.101.9"))
                    .isEqualTo(modifies);
        }
    }

    /** What can be declared here: a libvirt that drops titles has none in its schema. */
    private String described() {
        return describes ? DESCRIBED : DESCRIBED.replaceAll("(?m)^ *(title|description): .*\n", "");
    }

    private void drift(String... shown) {
        var file = shell.path("playbook.yaml");
        var plan = run("plan", file, "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all()).isEqualTo(2);
        assertThat(plan.output()).contains(shown).doesNotContain("(restart");
        shell.applied("-c", LAB.endpoint().uri(), file);
    }

    private void applied(String playbook) {
        shell.applied("-c", LAB.endpoint().uri(), shell.file("playbook.yaml", playbook));
    }

    private Shell.Result run(String... arguments) {
        var all = new ArrayList<>(List.of("-c", LAB.endpoint().uri()));
        all.addAll(List.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    /** The number that the kernel gave to the bridge, which a restart would change. */
    private String links() throws Exception {
        return output(LAB.capture(List.of("cat", "/sys/class/net/br-agents/ifindex")));
    }

    private String virsh(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("virsh"));
        command.addAll(List.of(arguments));
        return output(LAB.capture(command));
    }

    private static String output(Outcome outcome) {
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        return ((Outcome.Ended) outcome).output();
    }

    private String file(String xml) throws Exception {
        return Files.writeString(folder.resolve("n.xml"), xml).toString();
    }
}
