package dev.paddock.testkit.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes of a guest while it runs, and what waits for its next start. Prints {@code target/live-changes.txt}. */
@Timeout(120)
class LiveChangesIT {
    private static final ResourceId GUEST = new ResourceId("vm", "changes");
    private static final String PLAYBOOK = """
            - networks:
                - {name: changes-a, bridge: br-chg-a, address: 192.168.61.1/24}
                - {name: changes-b, bridge: br-chg-b, address: 192.168.62.1/24}
              vms:
                - name: changes
                  state: running
                  autostart: false
                  xml: |
                    <domain type='qemu'>
                      <memory unit='MiB'>64</memory>
                      <vcpu current='1'>2</vcpu>
                      <os><type arch='x86_64' machine='q35'>hvm</type></os>
                      <metadata><s:shutdown xmlns:s='https://paddock.dev/xmlns/vm/1' timeout='1' force='yes'/></metadata>
                      <devices>
                        <disk type='file'><driver name='qemu' type='raw'/><source file='FOLDER/a.img'/><target dev='vda'/></disk>
                        <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='FOLDER/c.iso'/><target dev='sda' bus='sata'/></disk>
                        <controller type='pci' index='0' model='pcie-root'/>
                        <controller type='pci' index='1' model='pcie-root-port'/>
                        <controller type='pci' index='2' model='pcie-root-port'/>
                        <controller type='pci' index='3' model='pcie-root-port'/>
                        <controller type='pci' index='4' model='pcie-root-port'/>
                        <controller type='pci' index='5' model='pcie-root-port'/>
                        <controller type='pci' index='6' model='pcie-root-port'/>
                        <controller type='pci' index='7' model='pcie-root-port'/>
                        <interface type='network'><mac address='52:54:00:61:00:01'/><source network='changes-a'/><model type='virtio'/></interface>
                        <channel type='unix'><target type='virtio' name='dev.paddock.agent.0'/></channel>
                        <graphics type='vnc' passwd='before'/>
                        <!-- more -->
                      </devices>
                    </domain>
            """;

    private static final Path TABLE = Path.of("target", "live-changes.txt");
    private static final String ROW = "%-34s  %-9s  %-8s  %-11s  %-19s  %s%n";

    private final VmLab lab = new VmLab(Labs.uri());

    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ALWAYS)
    Path folder;

    private String playbook = "";

    @BeforeAll
    static void beginTheTable() throws IOException {
        Files.writeString(
                TABLE, ROW.formatted("what changes", "costs", "process", "definition", "what runs", "next plan"));
    }

    private static void note(String what, Cost cost, String running) throws IOException {
        var row = ROW.formatted(what, cost.label(), "the same", "as declared", running, "empty");
        Files.writeString(TABLE, row, StandardOpenOption.APPEND);
    }

    @BeforeEach
    void runs() throws IOException {
        // QEMU runs as a user of its own.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var name : List.of("a.img", "b.img", "c.iso", "d.iso")) {
            try (var image = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
                image.setLength(1 << 20);
            }
        }
        playbook = PLAYBOOK.replace("FOLDER", folder.toString());
        assertThat(lab.apply(playbook)).isEmpty();
    }

    @AfterEach
    void isRemoved() {
        assertThat(lab.destroy(playbook)).isEmpty();
        assertThat(lab.observed("changes")).isEmpty();
        lab.close();
    }

    private Observed.Present guest() {
        return lab.observed("changes").orElseThrow();
    }

    /** A guest that was started anew has another number. */
    private Optional<String> run() {
        return guest().live().flatMap(live -> live.attribute("id"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    the network of an interface | network='changes-a' | network='changes-b'
                    a filter | <model type='virtio'/> | <model type='virtio'/><filterref filter='no-mac-spoofing'/>
                    the link | <model type='virtio'/> | <model type='virtio'/><link state='down'/>
                    isolation | <model type='virtio'/> | <model type='virtio'/><port isolated='yes'/>
                    a medium | c.iso | d.iso
                    a limit | <target dev='vda'/> | <target dev='vda'/><iotune><total_iops_sec>100</total_iops_sec></iotune>
                    the password | before | after
                    the title | <vcpu | <title>Changed</title><vcpu
                    memory within its maximum | <vcpu | <currentMemory unit='MiB'>48</currentMemory><vcpu
                    another processor | current='1' | current='2'
                    a disk more | <!-- more --> | <disk type='file'><driver name='qemu' type='raw'/><source file='FOLDER/b.img'/><target dev='vdb'/></disk>
                    an interface more | <!-- more --> | <interface type='network'><source network='changes-b'/><model type='virtio'/></interface>
                    random numbers | <!-- more --> | <rng model='virtio'><backend model='builtin'/></rng>
                    """)
    void changesWhileTheGuestRuns(String what, String before, String after) throws IOException {
        var changed = playbook.replace(before, after.replace("FOLDER", folder.toString()));
        assertThat(changed).isNotEqualTo(playbook);
        var ran = run();

        var plan = lab.plan(changed);
        assertThat(plan.work()).as(VmLab.text(plan)).hasSize(1);
        assertThat(plan.work().getFirst().cost()).as(VmLab.text(plan)).isEqualTo(Cost.LIVE);
        assertThat(lab.apply(changed)).isEmpty();

        assertThat(run()).isEqualTo(ran);
        var again = lab.plan(changed);
        assertThat(again.isEmpty()).as(VmLab.text(again)).isTrue();
        assertThat(again.steps()).allSatisfy(step -> assertThat(step.pending()).isEmpty());
        note(what, Cost.LIVE, "as declared");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    the model of an interface | type='virtio'/></interface> | type='e1000e'/></interface>
                    more memory | >64< | >96<
                    more processors | >2</vcpu> | >3</vcpu>
                    the image of a disk | a.img | b.img
                    how a disk is cached | <driver name='qemu' type='raw'/><source file='FOLDER/a | <driver name='qemu' type='raw' cache='writethrough'/><source file='FOLDER/a
                    the group of its ports | network='changes-a' | network='changes-a' portgroup='guests'
                    a sound card | <!-- more --> | <sound model='ich9'/>
                    the clock | <devices> | <clock offset='localtime'/><devices>
                    """)
    void waitsForTheNextStart(String what, String before, String after) throws IOException {
        var changed = playbook.replace(
                before.replace("FOLDER", folder.toString()), after.replace("FOLDER", folder.toString()));
        assertThat(changed).isNotEqualTo(playbook);
        var ran = run();

        assertThat(lab.apply(changed)).isEmpty();

        assertThat(run()).isEqualTo(ran);
        var again = lab.plan(changed);
        assertThat(again.isEmpty()).as(VmLab.text(again)).isTrue();
        assertThat(again.steps()).anySatisfy(step -> assertThat(step.pending()).isNotEmpty());
        note(what, Cost.NEXT_BOOT, "at its next start");

        var restarting = changed.replace("state: running", "on_change: restart\n      state: running");
        assertThat(lab.apply(restarting)).isEmpty();
        assertThat(run()).isNotEqualTo(ran);
        assertThat(lab.plan(restarting).isEmpty()).isTrue();
    }

    @Test
    void whatOthersDidIsShownAndBroughtBack() {
        lab.writer()
                .perform(new Action.AttachDevice(
                        GUEST,
                        "<interface type='network'><source network='changes-b'/><model type='virtio'/></interface>"));
        lab.writer().perform(new Action.SetAutostart(GUEST, true));
        var plan = lab.plan(playbook);
        assertThat(plan.work().getFirst().changes())
                .extracting(change -> change.action() + " " + change.pattern())
                .containsExactlyInAnyOrder("CHANGE autostart", "REMOVE devices/interface");

        lab.writer().perform(new Action.Stop(GUEST));
        assertThat(lab.plan(playbook).work().getFirst().changes())
                .extracting(change -> change.path() + " " + change.after().orElse(""))
                .containsExactlyInAnyOrder("state active", "autostart no");
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(guest().active()).isTrue();
        assertThat(guest().autostart()).isFalse();
    }

    @Test
    void aGuestIsPausedAndGoesOn() {
        var ran = run();
        var paused = playbook.replace("state: running", "state: paused");
        assertThat(lab.apply(paused)).isEmpty();
        assertThat(guest().paused()).isTrue();
        assertThat(lab.apply(playbook)).isEmpty();
        assertThat(guest().paused()).isFalse();
        assertThat(run()).isEqualTo(ran);
    }

    @Test
    void aGuestThatDoesNotShutDownIsNotCutOffUnasked() {
        var kind = playbook.replace("force='yes'", "force='no'");
        assertThat(lab.apply(kind)).isEmpty();
        assertThat(lab.apply(kind.replace("state: running", "state: stopped")))
                .anySatisfy(problem -> assertThat(problem).contains("shutdown: {force: true}"));
        assertThat(guest().active()).isTrue();
        assertThat(lab.apply(playbook)).isEmpty();
    }
}
