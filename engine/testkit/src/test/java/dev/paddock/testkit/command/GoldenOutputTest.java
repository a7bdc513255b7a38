package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.GuestAddress;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.golden.GoldenFile;
import dev.paddock.testkit.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans, the actions that they stand for, and tables, on a host in memory. */
@Timeout(60)
class GoldenOutputTest {
    /** A running VM, in the shape that libvirt gives it. */
    private static final String RUNNING = """
            - networks:
                - {name: one, bridge: br-one, address: 192.168.61.1/24, dhcp: 192.168.61.10-192.168.61.99}
                - {name: two, bridge: br-two, address: 192.168.62.1/24}
              nwfilters:
                - {name: quiet, rules: [{action: drop, direction: in, all: {}}]}
              vms:
                - name: changes
                  state: running
                  xml: |
                    <domain type='qemu'>
                      <memory unit='KiB'>65536</memory>
                      <currentMemory unit='KiB'>65536</currentMemory>
                      <vcpu current='1'>2</vcpu>
                      <os><type arch='x86_64' machine='q35'>hvm</type></os>
                      <devices>
                        <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/srv/a.img'/><target dev='vda' bus='virtio'/></disk>
                        <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='/srv/c.iso'/><target dev='sda' bus='sata'/><readonly/></disk>
                        <controller type='pci' index='0' model='pcie-root'/>
                        <controller type='pci' index='1' model='pcie-root-port'/>
                        <controller type='pci' index='2' model='pcie-root-port'/>
                        <controller type='pci' index='3' model='pcie-root-port'/>
                        <controller type='pci' index='4' model='pcie-root-port'/>
                        <controller type='pci' index='5' model='pcie-root-port'/>
                        <controller type='pci' index='6' model='pcie-root-port'/>
                        <interface type='network'><mac address='52:54:00:61:00:01'/><source network='one'/><model type='virtio'/></interface>
                        <graphics type='vnc' passwd='before'/>
                        <!-- more -->
                      </devices>
                    </domain>
            """;

    private static final String POLICY = """
            - networks:
                - {name: web, forward: nat, address: 10.5.0.1/24, dhcp: 10.5.0.10-10.5.0.99}
              nwfilters:
                - name: web-only
                  rules:
                    - {action: accept, direction: out, tcp: {dstport: 443}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
              expect:
                - {from: web-only@web, to: internet, allow: tcp/443}
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(host, folder);
    }

    @AfterEach
    void nothingIsLeaked() {
        assertThat(host.violations()).isEmpty();
    }

    private String plain(String text) {
        return text.replace(folder.toString(), "FOLDER");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    network-of-an-interface | network='one' | network='two'
                    filter | <model type='virtio'/> | <model type='virtio'/><filterref filter='quiet'/>
                    link | <model type='virtio'/> | <model type='virtio'/><link state='down'/>
                    isolation | <model type='virtio'/> | <model type='virtio'/><port isolated='yes'/>
                    medium | c.iso | d.iso
                    limit | <target dev='vda' bus='virtio'/> | <target dev='vda' bus='virtio'/><iotune><total_iops_sec>100</total_iops_sec></iotune>
                    password | before | after
                    title | <vcpu | <title>Changed</title><vcpu
                    memory-within-its-maximum | >65536</currentMemory> | >49152</currentMemory>
                    processor | current='1' | current='2'
                    disk-more | <!-- more --> | <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/srv/b.img'/><target dev='vdb' bus='virtio'/></disk>
                    interface-more | <!-- more --> | <interface type='network'><mac address='52:54:00:61:00:02'/><source network='two'/><model type='virtio'/></interface>
                    random-numbers | <!-- more --> | <rng model='virtio'><backend model='builtin'/></rng>
                    interface-less | <interface type='network'><mac address='52:54:00:61:00:01'/><source network='one'/><model type='virtio'/></interface> | <!-- none -->
                    model-of-an-interface | <model type='virtio'/></interface> | <model type='e1000e'/></interface>
                    more-memory | >65536</memory> | >98304</memory>
                    more-processors | >2</vcpu> | >3</vcpu>
                    image-of-a-disk | a.img | b.img
                    sound | <!-- more --> | <sound model='ich9'/>
                    clock | <devices> | <clock offset='localtime'/><devices>
                    stop | state: running | state: stopped
                    pause | state: running | state: paused
                    """)
    void changesOfARunningVm(String change, String before, String after) {
        shell.run("apply", shell.file("a.yaml", RUNNING), "--auto-approve");
        var changed = RUNNING.replace(before, after);
        assertThat(changed).isNotEqualTo(RUNNING);
        var file = shell.file("b.yaml", changed);
        var done = host.performed().size();

        var plan = shell.run("plan", file);
        shell.run("apply", file, "--auto-approve");

        var actions = host.performed().stream()
                .skip(done)
                .map(GoldenOutputTest::shown)
                .collect(Collectors.joining("\n"));
        GoldenFile.check("changes/" + change + ".txt", plain(plan.output()) + "\n" + actions + "\n");
    }

    /** The definition follows from the plan, and is long. */
    private static String shown(Action action) {
        return action instanceof Action.Define define ? "Define[target=" + define.target() + "]" : action.toString();
    }

    @Test
    void vmsAreListedAndDescribed() {
        shell.run("apply", shell.file("a.yaml", RUNNING + """
                    - name: idle
                      state: stopped
                      xml: |
                        <domain type='qemu'><memory unit='MiB'>256</memory><vcpu>1</vcpu>
                          <os><type arch='x86_64' machine='q35'>hvm</type></os></domain>
                """.indent(0)), "--auto-approve");
        host.report(
                "changes",
                List.of(
                        new GuestAddress("vnet0", "52:54:00:61:00:01", "192.168.61.20", 24, GuestAddress.Source.LEASE),
                        new GuestAddress("eth0", "52:54:00:61:00:01", "192.168.61.20", 24, GuestAddress.Source.AGENT),
                        new GuestAddress("lo", "", "127.0.0.1", 8, GuestAddress.Source.AGENT)));

        for (var words :
                List.of("vm list", "vm list -o json", "vm info changes", "vm info changes -o json", "vm info idle")) {
            GoldenFile.check(
                    "vms/" + words.replace(" ", "-") + ".txt",
                    plain(shell.run(words.split(" ")).all()));
        }
    }

    @Test
    void vmsAreStartedAndStopped() {
        shell.run("apply", shell.file("a.yaml", RUNNING), "--auto-approve");
        var done = host.performed().size();
        var output = new StringBuilder();
        for (var words : List.of(
                "vm stop changes",
                "vm stop changes",
                "vm start changes",
                "vm restart changes",
                "vm kill changes",
                "vm start nobody",
                "vm info nobody")) {
            var run = shell.run(words.split(" "));
            output.append("$ paddock ")
                    .append(words)
                    .append('\n')
                    .append(run.all())
                    .append(run.exitCode())
                    .append('\n');
        }
        host.performed().stream().skip(done).forEach(action -> output.append(action)
                .append('\n'));

        GoldenFile.check("vms/power.txt", plain(output.toString()));
    }

    @Test
    void whatVmsReachIsATable() {
        var file = shell.file("web.yaml", POLICY);

        GoldenFile.check("reach/matrix.txt", plain(shell.run("reach", file).all()));
        GoldenFile.check(
                "reach/one.txt",
                plain(shell.run("reach", file, "web-only@web", "internet", "tcp/22")
                        .all()));
        GoldenFile.check(
                "reach/nftables.txt",
                plain(shell.run("reach", file, "--backend", "nftables").all()));
    }

    @Test
    void whatVmsReachIsTheSameInTheReportAndOnThePage() throws IOException {
        var file = shell.file("web.yaml", POLICY);
        var page = folder.resolve("page.html");

        var report = shell.run("reach", file, "-o", "json", "--html", page.toString())
                .json();

        var outgoing = report.at("/matrices/0/outgoing");
        assertThat(outgoing).hasSizeGreaterThan(10).allSatisfy(cell -> {
            assertThat(cell.at("/outcome").textValue()).isIn("yes", "no");
            assertThat(Files.readString(page))
                    .contains(cell.at("/peer").textValue(), cell.at("/traffic").textValue());
        });
        assertThat(outgoing)
                .filteredOn(cell -> cell.at("/traffic").textValue().equals("tcp/443")
                        && !cell.at("/address").textValue().contains(":"))
                .isNotEmpty()
                .allSatisfy(cell -> assertThat(cell.at("/outcome").textValue()).isEqualTo("yes"));
    }
}
