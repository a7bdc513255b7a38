package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several playbooks on one host do not undo each other's work. */
class SharedHostTest {
    private static final String NETWORK = "networks: [{name: lab, address: 10.1.0.1/24, dhcp: 10.1.0.100-10.1.0.199}]";

    private static final String ONE = """
            - include: [lab.yaml]
              vms: [{name: one, state: stopped, networks: {name: lab, address: 10.1.0.11}}]
            """;

    private static final String TWO = """
            - include: [lab.yaml]
              vms: [{name: two, state: stopped, networks: {name: lab, address: 10.1.0.12}}]
            """;

    private static final String POOL = """
            - include: [lab.yaml]
              pools:
                - {name: crowd, max: 3, reset: recreate, addresses: 10.1.0.21-10.1.0.23, networks: lab}
            """;

    @TempDir
    Path folder;

    private final MemoryHost host = new MemoryHost();
    private Shell shell = new Shell(host, Path.of("."));

    @BeforeEach
    void files() {
        shell = new Shell(host, folder);
        shell.file("lab.yaml", NETWORK);
    }

    @Test
    void theReservationsOfAnotherPlaybookStay() {
        var one = shell.file("one.yaml", ONE);
        var two = shell.file("two.yaml", TWO);
        var pool = shell.file("pool.yaml", POOL);
        shell.applied(one);
        shell.applied(two);
        shell.applied(pool);
        shell.inSync(one);
        shell.inSync(two);
        assertThat(network()).contains("10.1.0.11", "10.1.0.12", "10.1.0.21", "10.1.0.23");
    }

    @Test
    void aReservationGoesWithItsVmAndWithAnotherAddress() {
        var one = shell.file("one.yaml", ONE);
        shell.applied(one);
        shell.applied(shell.file("two.yaml", TWO));
        shell.applied(shell.file("moved.yaml", TWO.replace("10.1.0.12", "10.1.0.13")));
        assertThat(network()).contains("10.1.0.13").doesNotContain("10.1.0.12");
        shell.inSync(one);
        shell.applied(shell.file("gone.yaml", "- vms: [{name: two, state: absent}]"));
        shell.applied(one);
        assertThat(network()).contains("10.1.0.11").doesNotContain("10.1.0.13");
    }

    @Test
    void aReservationMadeByHandIsDrift() {
        var one = shell.file("one.yaml", ONE);
        shell.applied(shell.file(
                "hand.yaml",
                "- networks: [{name: lab, address: 10.1.0.1/24, dhcp: {ranges: 10.1.0.100-10.1.0.199, hosts:"
                        + " [{mac: '52:54:00:00:00:01', ip: 10.1.0.50}]}}]"));
        shell.applied(one);
        assertThat(network()).doesNotContain("10.1.0.50");
    }

    @Test
    void aUuidOfAnotherNameIsAnErrorOfThePlan() {
        var uuid = "0c7b6a5e-1111-4222-8333-444455556666";
        for (var resource :
                new String[] {"networks: [{name: %s, uuid: %s}]", "vms: [{name: %s, uuid: %s, state: stopped}]"}) {
            shell.applied(shell.file("a.yaml", "- " + resource.formatted("before", uuid)));
            var plan =
                    shell.run("plan", shell.file("b.yaml", "- project: other\n  " + resource.formatted("after", uuid)));
            assertThat(plan.exitCode()).isEqualTo(1);
            assertThat(plan.messages()).contains("b.yaml:2:", "PD1404", "/before", "'before'");
        }
    }

    @Test
    void whatAnotherPlaybookWithoutAProjectMadeIsNotPruned() {
        shell.applied(shell.file("one.yaml", ONE));
        var two = shell.file("two.yaml", TWO);
        shell.applied(two, "--prune");
        assertThat(shell.run("plan", two, "--prune").messages()).contains("PD1405", "vm/one");
        assertThat(host.objects("vm")).containsKeys("one", "two");

        shell.applied(shell.file("own.yaml", TWO.replace("- include", "- project: default\n  include")), "--prune");
        assertThat(host.objects("vm")).containsOnlyKeys("two");
        assertThat(network()).contains("10.1.0.12").doesNotContain("10.1.0.11");
    }

    private String network() {
        return XmlWriter.write(((Observed.Present) host.objects("network").get("lab")).defined());
    }
}
