package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.guest.LinuxGuest;
import dev.paddock.testkit.guest.SerialShell;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of one guest that runs a real kernel, on real libvirt. */
@Timeout(300)
@SuppressWarnings("NullAway.Init") // All is made before all tests.
class SnapshotIT {
    private static final String PLAYBOOK = """
            - project: snapped
              networks:
                - {name: snapped, bridge: br-snapped, address: 192.168.63.1/24}
              vms:
                - name: snapped
                  state: running
                  on_change: live
                  xml: |
                    <domain type='qemu'>
                      <memory unit='MiB'>128</memory>
                      <os>
                        <type arch='x86_64' machine='q35'>hvm</type>
                        <kernel>FOLDER/kernel</kernel>
                        <initrd>FOLDER/initrd</initrd>
                        <cmdline>console=ttyS0 quiet panic=-1</cmdline>
                      </os>
                      <features><acpi/></features>
                      <metadata><s:shutdown xmlns:s='https://paddock.dev/xmlns/vm/1' timeout='1' force='yes'/></metadata>
                      <devices>
                        <disk type='file'><driver name='qemu' type='qcow2'/><source file='FOLDER/disk.qcow2'/><target dev='vda'/></disk>
                        <controller type='usb' model='none'/>
                        <interface type='network'>
                          <mac address='52:54:00:63:00:01'/>
                          <source network='snapped'/>
                          <model type='virtio'/>
                          <filterref filter='no-mac-spoofing'/>
                        </interface>
                        <serial type='unix'><source mode='bind' path='FOLDER/serial'/></serial>
                        <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
                        <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
                        <graphics type='vnc' passwd='seen'/>
                        <memballoon model='virtio'/>
                      </devices>
                    </domain>
            """;
    private static final String READ_DISK = "dd if=/dev/vda bs=512 skip=8 count=1 iflag=direct 2>/dev/null | head -n 1";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path folder;

    private static Lab lab;
    private static Shell shell;
    private static String uri = "";
    private static String playbook = "";

    @BeforeAll
    static void boot() throws Exception {
        LinuxGuest.into(folder);
        lab = Labs.shared();
        uri = Labs.uri();
        shell = new Shell(new LibvirtConnector(), folder);
        var disk = folder.resolve("disk.qcow2");
        inside("qemu-img", "create", "-q", "-f", "qcow2", disk.toString(), "64M");
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rw-rw-rw-"));
        playbook = shell.file("guest.yaml", PLAYBOOK.replace("FOLDER", folder.toString()));
        shell.applied("-c", uri, playbook);
    }

    @AfterAll
    static void remove() {
        var destroyed = shell.run("-c", uri, "destroy", playbook, "--auto-approve");
        assertThat(destroyed.exitCode()).as(destroyed.all()).isZero();
    }

    private static String inside(String... command) throws Exception {
        var outcome = lab.capture(List.of(command));
        assertThat(outcome).isInstanceOfSatisfying(ProcessResult.Ended.class, ended -> assertThat(ended.succeeded())
                .as(ended.output())
                .isTrue());
        return ((ProcessResult.Ended) outcome).output().strip();
    }

    private static Shell.Result snapshot(String... arguments) {
        return shell.run(Stream.concat(Stream.of("-c", uri, "snapshot"), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private static Shell.Result succeeds(String... arguments) {
        var result = snapshot(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result;
    }

    private static String virsh(String... arguments) throws Exception {
        return inside(
                Stream.concat(Stream.of("virsh"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    /** Return the number of the QEMU process, of those that the lab sees. */
    private static String process() throws Exception {
        return inside("cat", "/run/libvirt/qemu/snapped.pid");
    }

    /** Return what the kernel has of the guest's end on the host: its link and the rules of its filter. */
    private static String port() throws Exception {
        return inside("sh", "-c", "readlink /sys/class/net/vnet*/master; ebtables -t nat -L");
    }

    private static void mark(String text) {
        try (var guest = SerialShell.on(folder.resolve("serial"))) {
            guest.run("echo " + text + " > /run/mark; echo " + text
                    + " | dd of=/dev/vda bs=512 seek=8 conv=fsync 2>/dev/null");
        }
        assertThat(marks()).isEqualTo(text + " " + text);
    }

    /** Return what the guest has in its memory and on its disk. */
    private static String marks() {
        try (var guest = SerialShell.on(folder.resolve("serial"))) {
            return guest.run("cat /run/mark") + " " + guest.run(READ_DISK);
        }
    }

    @Test
    void memoryAndDiskComeBackInTheQemuThatRuns() throws Exception {
        mark("one");
        var process = process();
        succeeds("create", "snapped", "loaded", "--description", "Marked with one.");
        var port = port();
        mark("two");

        var restored = succeeds("restore", "snapped", "loaded");

        assertThat(restored.output()).isEqualTo("Restored snapped to loaded in the QEMU that runs.\n");
        assertThat(marks()).isEqualTo("one one");
        assertThat(process()).isEqualTo(process);
        assertThat(port()).isEqualTo(port);
        assertThat(virsh("domstate", "snapped")).isEqualTo("running");
        shell.inSync("-c", uri, playbook);
        succeeds("delete", "snapped", "loaded");
    }

    @Test
    void libvirtBringsThemBackInAnotherQemu() throws Exception {
        mark("three");
        var process = process();
        succeeds("create", "snapped", "reverted");
        mark("four");

        var restored = succeeds("-o", "json", "restore", "snapped", "reverted", "--way", "libvirt");

        assertThat(restored.json().path("way").asText()).isEqualTo("libvirt");
        assertThat(marks()).isEqualTo("three three");
        assertThat(process()).isNotEqualTo(process);
        shell.inSync("-c", uri, playbook);
        succeeds("delete", "snapped", "reverted");
    }

    @Test
    void aGuestThatWasChangedIsRestoredByLibvirtAlone() throws Exception {
        mark("five");
        succeeds("create", "snapped", "changed");
        virsh(
                "attach-interface",
                "snapped",
                "network",
                "snapped",
                "--model",
                "virtio",
                "--mac",
                "52:54:00:63:00:02",
                "--live",
                "--config");
        mark("six");

        assertThat(succeeds("diff", "snapped", "changed").output())
                .contains("- devices/interface[mac/@address='52:54:00:63:00:02']");
        var refused = snapshot("restore", "snapped", "changed", "--way", "loadvm");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.messages())
                .contains("PD6003")
                .contains("what runs differs from it at devices/interface")
                .contains("Leave out --way");
        assertThat(marks()).isEqualTo("six six");
        assertThat(succeeds("restore", "snapped", "changed").output()).contains("by libvirt, as what runs differs");

        assertThat(marks()).isEqualTo("five five");
        assertThat(succeeds("diff", "snapped", "changed").output()).startsWith("No changes.");
        shell.inSync("-c", uri, playbook);
        succeeds("delete", "snapped", "changed");
    }

    @Test
    void theNextSnapshotFollowsTheOneThatWasRestored() throws Exception {
        mark("seven");
        succeeds("create", "snapped", "first");
        succeeds("create", "snapped", "second");
        succeeds("restore", "snapped", "first", "--way", "loadvm");
        succeeds("create", "snapped", "third");

        var listed = succeeds("-o", "json", "list", "snapped").json().path("snapshots");
        assertThat(listed).hasSize(3);
        assertThat(listed.path(2).path("name").asText()).isEqualTo("third");
        assertThat(listed.path(2).path("parent").asText()).isEqualTo("first");
        assertThat(listed.path(2).path("current").asBoolean()).isTrue();
        assertThat(listed.path(2).path("memory").asBoolean()).isTrue();
        for (var name : List.of("first", "second", "third")) {
            succeeds("delete", "snapped", name);
        }
        assertThat(virsh("snapshot-list", "snapped", "--name")).isEmpty();
    }

    @Test
    void aPausedGuestComesBackPausedAndAStoppedOneStopped() throws Exception {
        mark("eight");
        virsh("suspend", "snapped");
        succeeds("create", "snapped", "still");
        virsh("resume", "snapped");
        mark("nine");
        var process = process();
        succeeds("restore", "snapped", "still");
        assertThat(process()).isEqualTo(process);
        assertThat(virsh("domstate", "snapped")).isEqualTo("paused");
        virsh("resume", "snapped");
        assertThat(marks()).isEqualTo("eight eight");

        virsh("destroy", "snapped");
        succeeds("create", "snapped", "off");
        assertThat(succeeds("restore", "snapped", "still").output())
                .isEqualTo("Restored snapped to still by libvirt, as the guest does not run.\n");
        virsh("resume", "snapped");
        mark("ten");
        assertThat(succeeds("restore", "snapped", "off").output()).contains("by libvirt, as it holds no memory");
        assertThat(virsh("domstate", "snapped")).isEqualTo("shut off");

        succeeds("restore", "snapped", "still");
        virsh("resume", "snapped");
        assertThat(marks()).isEqualTo("eight eight");
        succeeds("delete", "snapped", "still");
        succeeds("delete", "snapped", "off");
    }

    @Test
    void aSnapshotThatIsGoneFromTheImageIsFoundOutBeforeAnythingIsChanged() throws Exception {
        mark("eleven");
        var process = process();
        succeeds("create", "snapped", "hollow");
        virsh("qemu-monitor-command", "snapped", "--hmp", "delvm hollow");
        mark("twelve");

        var refused = snapshot("restore", "snapped", "hollow");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.messages()).contains("PD6003").contains("Nothing was changed.");
        assertThat(marks()).isEqualTo("twelve twelve");
        assertThat(process()).isEqualTo(process);
        succeeds("delete", "snapped", "hollow");
    }

    @Test
    void whatIsNotThereOrThereAlreadyIsTold() {
        succeeds("create", "snapped", "taken");
        assertThat(snapshot("create", "snapped", "taken").messages()).contains("PD6001", "Choose another name");
        assertThat(snapshot("restore", "snapped", "takne").messages()).contains("PD6002", "Did you mean 'taken'?");
        assertThat(snapshot("delete", "snaped", "taken").messages()).contains("PD1302", "Did you mean 'snapped'?");
        assertThat(snapshot("create", "snapped", "17").messages()).contains("PD1303", "digits alone");
        assertThat(snapshot("create", "snapped", "a\" b").messages()).contains("PD1303");
        succeeds("delete", "snapped", "taken");
    }

    @Test
    void aDeclaredSnapshotIsTakenOnceAndGoesWithConsentAlone() throws Exception {
        var text = Files.readString(Path.of(playbook));
        var declaring =
                shell.file("declaring.yaml", text + "  snapshots: [{vm: snapped, name: kept, description: Mine.}]\n");
        assertThat(shell.run("-c", uri, "plan", declaring).output())
                .contains("+ snapshot/snapped/kept")
                .contains("1 to add");
        shell.applied("-c", uri, declaring);
        var taken = virsh("snapshot-dumpxml", "snapped", "kept");
        assertThat(taken).contains("Mine.").contains("(declared in a playbook)");
        succeeds("create", "snapped", "mine");

        shell.applied("-c", uri, declaring);
        assertThat(virsh("snapshot-dumpxml", "snapped", "kept")).isEqualTo(taken);
        var renamed =
                shell.file("renamed.yaml", Files.readString(Path.of(declaring)).replace("Mine.", "Ours."));
        assertThat(shell.run("-c", uri, "plan", renamed).output()).contains("~ description: \"Mine.\" -> \"Ours.\"");
        shell.applied("-c", uri, renamed);
        assertThat(virsh("snapshot-dumpxml", "snapped", "kept"))
                .contains("Ours.")
                .contains(taken.lines()
                        .filter(line -> line.contains("creationTime"))
                        .findFirst()
                        .orElseThrow());

        assertThat(shell.run("-c", uri, "plan", playbook, "--prune").messages())
                .contains("PD2006", "snapshot/snapped/kept is declared no more");
        assertThat(virsh("snapshot-list", "snapped", "--name").lines()).contains("kept", "mine");
        var pruned = shell.run("-c", uri, "apply", playbook, "--prune", "--allow-data-loss", "--auto-approve");
        assertThat(pruned.exitCode()).as(pruned.all()).isZero();
        assertThat(virsh("snapshot-list", "snapped", "--name").lines())
                .contains("mine")
                .doesNotContain("kept");
        succeeds("delete", "snapped", "mine");
    }

    @Test
    void changesLeaveSnapshotsAloneAndRemovalAsksForConsent() throws Exception {
        succeeds("create", "snapped", "survivor");
        var changed = shell.file(
                "changed.yaml",
                Files.readString(Path.of(playbook))
                        .replace("on_change: live", "on_change: next-boot")
                        .replace("'MiB'>128<", "'MiB'>144<"));
        shell.applied("-c", uri, changed);
        assertThat(virsh("snapshot-list", "snapped", "--name")).contains("survivor");

        var refused = shell.run("-c", uri, "destroy", playbook, "--auto-approve");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.messages()).contains("PD2006", "snapshot/snapped/survivor");
        assertThat(virsh("domstate", "snapped")).isEqualTo("running");

        assertThat(succeeds("restore", "snapped", "survivor").output())
                .contains("by libvirt, as what is defined differs from it at memory");
        shell.inSync("-c", uri, playbook);
        succeeds("delete", "snapped", "survivor");
    }

    @Test
    void aRestoreThatWasKilledHalfWayIsDoneAgain() throws Exception {
        mark("twenty");
        succeeds("create", "snapped", "again");
        mark("thirty");
        var process = process();
        // What is left of one that was killed while QEMU was at it: a guest that stands still, and a job that has
        // ended.
        virsh("suspend", "snapped");
        virsh(
                "qemu-monitor-command",
                "snapped",
                "{\"execute\":\"snapshot-load\",\"arguments\":{\"job-id\":\"paddock-restore\",\"tag\":\"again\","
                        + "\"vmstate\":\"libvirt-1-format\",\"devices\":[\"libvirt-1-format\"]}}");

        assertThat(succeeds("restore", "snapped", "again").output()).contains("in the QEMU that runs");

        assertThat(marks()).isEqualTo("twenty twenty");
        assertThat(process()).isEqualTo(process);

        inside("kill", "-KILL", process);
        assertThat(succeeds("restore", "snapped", "again").output()).contains("by libvirt");
        assertThat(marks()).isEqualTo("twenty twenty");
        succeeds("delete", "snapped", "again");
    }

    @Test
    void aFullDiskIsToldAndTheGuestGoesOn() throws Exception {
        inside("mkdir", "-p", "/run/full");
        inside("mount", "-t", "tmpfs", "-o", "size=320k,mode=777", "full", "/run/full");
        inside("qemu-img", "create", "-q", "-f", "qcow2", "/run/full/disk.qcow2", "8M");
        inside("chmod", "666", "/run/full/disk.qcow2");
        var guest = shell.file("full.xml", """
                <domain type='qemu'><name>full</name><memory unit='MiB'>64</memory><os><type>hvm</type></os>
                  <devices><disk type='file'><driver name='qemu' type='qcow2'/><source file='/run/full/disk.qcow2'/><target dev='vda'/></disk></devices>
                </domain>
                """);
        virsh("create", guest);
        try {
            var refused = snapshot("create", "full", "fits-not");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.messages()).contains("PD6001", "Make room");
            assertThat(virsh("domstate", "full")).isEqualTo("running");
            assertThat(virsh("snapshot-list", "full", "--name")).isEmpty();
        } finally {
            virsh("destroy", "full");
            inside("umount", "/run/full");
        }
    }
}
