package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planned for pools. */
class PoolPlanTest {
    private static final String POOL = """
            - networks: [{name: lab, address: 192.168.50.1/24, dhcp: 192.168.50.10-192.168.50.99}]
              pools:
                - name: agents
                  type: qemu
                  warm: "${warm!1}"
                  max: "${max!2}"
                  per_owner: 1
                  networks: lab
                  disks: [{size: "${size!1} GiB"}]
                  addresses: 192.168.50.64-192.168.50.71
            """;

    @TempDir
    Path folder;

    private final MemoryHost host = new MemoryHost();
    private Shell shell = new Shell(host, Path.of("."));

    @BeforeEach
    void files() {
        shell = new Shell(host, folder);
    }

    @Test
    void aPoolIsDefinedAndNeverStarted() {
        shell.applied(shell.file("a.yaml", POOL));

        assertThat(host.performed())
                .filteredOn(action -> action.target().equals(new ResourceId("pool", "agents")))
                .hasOnlyElementsOfType(Action.Define.class)
                .hasSize(1);
        assertThat(host.objects("vm")).isEmpty();
        assertThat(host.objects("volume")).isEmpty();
        assertThat(shell.run("show", "pools").output()).contains("pool/agents");
    }

    @Test
    void whatItPromisesChangesByItselfAndLive() {
        var file = shell.file("a.yaml", POOL);
        shell.applied(file);

        var plan = shell.run("plan", file, "-e", "warm=2");
        assertThat(plan.output())
                .contains("~ metadata/pool:pool/@warm: \"1\" -> \"2\"  (live)")
                .contains("0 to add, 1 to change (1 live)");
        shell.applied(file, "-e", "warm=2");
        assertThat(spec().warm()).isEqualTo(2);
    }

    @Test
    void moreGuestsHaveMoreAddressesAndFewerHaveLess() {
        var file = shell.file("a.yaml", POOL);
        shell.applied(file);

        assertThat(shell.run("plan", file, "-e", "max=3").output())
                .contains("name='agents-3' ip='192.168.50.66'", "2 to change (2 live)");
        shell.applied(file, "-e", "max=3");
        shell.applied(file, "-e", "max=1");
        assertThat(host.objects("network").toString()).contains("agents-1").doesNotContain("agents-2");
    }

    @Test
    void anotherDiskIsALiveChangeAsNobodyHasThisOne() {
        var file = shell.file("a.yaml", POOL);
        shell.applied(file);

        assertThat(shell.run("plan", file, "-e", "size=2").output())
                .contains("metadata/pool:pool/pool:disk/@capacity: \"1073741824\" -> \"2147483648\"  (live)");
        shell.applied(file, "-e", "size=2");
    }

    @Test
    void whatIsWithdrawnGoes() {
        shell.applied(shell.file("a.yaml", POOL));
        shell.applied(shell.file("b.yaml", POOL.replace("      per_owner: 1\n", "")));

        assertThat(spec().perOwner()).isEmpty();
    }

    @Test
    void aPoolGoesWithItsDeclaration() {
        var file = shell.file("a.yaml", POOL);
        shell.applied(file);
        assertThat(shell.run("destroy", file, "--auto-approve").exitCode()).isZero();
        assertThat(host.objects("pool")).isEmpty();

        shell.applied(file);
        shell.applied(shell.file("b.yaml", "- pools: [{name: agents, state: absent}]"));
        assertThat(host.objects("pool")).isEmpty();

        shell.applied(file);
        shell.applied(shell.file("c.yaml", "- {project: default, networks: []}"), "--prune");
        assertThat(host.objects("pool")).isEmpty();
    }

    @Test
    void theGuestsOfAPoolArePrunedByNobody() {
        var file = shell.file("a.yaml", POOL);
        shell.applied(file);
        guest();

        shell.inSync(file, "--prune");
        assertThat(host.objects("vm")).containsOnlyKeys("agents-1");
    }

    @Test
    void theGuestsOfAPoolAreImportedWhenTheyAreNamed() {
        guest();

        assertThat(shell.run("import").output()).doesNotContain("agents-1");
        assertThat(shell.run("import", "vms").output()).doesNotContain("agents-1");
        assertThat(shell.run("import", "vm/agents-1").output()).contains("name: agents-1");
        assertThat(shell.run("show").output()).contains("vm/agents-1");
    }

    private void guest() {
        try (var writer = host.writer("test:///default")) {
            writer.perform(new Action.Define(new ResourceId("vm", "agents-1"), """
                    <domain type='qemu'>
                      <name>agents-1</name>
                      <metadata>
                        <pool:slot xmlns:pool='https://paddock.dev/xmlns/pool/1' pool='agents' uuid='u' number='1'
                            incarnation='i' digest='d'/>
                      </metadata>
                      <memory>65536</memory>
                      <os><type>hvm</type></os>
                    </domain>
                    """));
        }
    }

    @Test
    void aTemplateOfOnesOwnIsHandedThePromise() {
        shell.file("own.xml.ftlx", """
                <domain type='qemu'>
                  <name>${name}</name>
                  <metadata>
                    <pool:pool xmlns:pool='https://paddock.dev/xmlns/pool/1'<#list pool as key, value><#if value?is_string> ${key}='${value}'</#if></#list>>
                      <#list pool.disks as disk><pool:disk target='${disk.target}' capacity='${disk.capacity}'/></#list>
                    </pool:pool>
                  </metadata>
                  <memory unit='KiB'>${memory}</memory>
                  <os><type>hvm</type></os>
                  <devices>
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='qcow2'/>
                      <source file='${disks[0].file}'/>
                      <target dev='vda' bus='virtio'/>
                    </disk>
                  </devices>
                </domain>
                """);
        shell.applied(shell.file("a.yaml", """
                - pools: [{name: agents, domain: own.xml.ftlx, warm: 3, memory: 64 MiB, disks: [{size: 1 GiB}]}]
                """));

        assertThat(spec().warm()).isEqualTo(3);
        assertThat(spec().disks()).hasSize(1);
    }

    @Test
    void aGuestOfItsNameIsInTheWayUnlessItGoes() {
        shell.applied(shell.file("a.yaml", "- vms: [{name: agents, type: qemu, state: stopped}]"));
        var file = shell.file("b.yaml", POOL);

        var plan = shell.run("plan", file);
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("PD2001", "The host has a vm/agents already", "b.yaml:3:7");

        shell.applied(shell.file("c.yaml", POOL.replaceFirst("- ", "- project: default\n  ")), "--prune");
        assertThat(host.objects("vm")).isEmpty();
        assertThat(host.objects("pool")).containsOnlyKeys("agents");
    }

    @Test
    void anImportIsInWordsAndPlansEmpty() {
        shell.applied(shell.file("a.yaml", """
                - pools:
                    - name: agents
                      type: qemu
                      warm: 2
                      lease: 10m
                      on_empty: fail
                      workspace: 1 GiB
                      disks: [{size: 1 GiB}, {file: /golden.raw, format: raw, size: 3 GiB}]
                """));

        var imported = shell.run("import", "pool/agents");
        assertThat(imported.output())
                .contains("warm: 2", "default: 10m", "on_empty: fail", "size: 1 GiB", "file: /golden.raw")
                .doesNotContain("xml:", "<domain");
        shell.inSync(shell.file("b.yaml", imported.output()));
    }

    @Test
    void anImportOfAPoolWithAddressesPlansEmptyWithoutItsNetwork() {
        shell.applied(shell.file("a.yaml", POOL));

        shell.inSync(shell.file("b.yaml", shell.run("import", "pool/agents").output()));
        shell.inSync(shell.file("c.yaml", shell.run("import").output()));
    }

    @Test
    void whatItsGuestsReachIsToldAndExpected() {
        var file = shell.file("a.yaml", POOL.replace("networks: lab", "networks: {name: lab, filter: web}") + """
                  nwfilters:
                    - name: web
                      rules:
                        - {action: accept, direction: out, priority: 100, udp: {srcport: 68, dstport: 67}}
                        - {action: accept, direction: out, tcp: {srcipaddr: $IP, dstport: 443}}
                        - {action: drop, direction: inout, priority: 1000, all: {}}
                  expect:
                    - {from: pool/agents, to: gateway, allow: "${port!'tcp/443'}"}
                """);

        assertThat(shell.run("reach", file, "pool/agents").output())
                .contains("pool/agents  on the network lab, behind the filter web; its address is 192.168.50.64");
        assertThat(shell.run("reach", file, "agents", "gateway", "tcp/443").output())
                .contains("tcp/443: yes");
        assertThat(shell.run("validate", file).exitCode()).isZero();
        var broken = shell.run("validate", file, "-e", "port=tcp/22");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.messages()).contains("PD1602", "pool/agents");
    }

    private PoolSpec spec() {
        return host.objects("pool").get("agents") instanceof Observed.Present present
                ? PoolSpec.of(present.defined()).orElseThrow()
                : org.assertj.core.api.Assertions.fail("no pool");
    }
}
