package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other programs do to the disks of VMs, on real libvirt: no plan and no command loses data over it. */
@Timeout(300)
@SuppressWarnings("NullAway.Init") // All is made before all tests.
class DataIT {
    private static final String IMAGES = "/var/lib/libvirt/data";

    private static final String PLAYBOOK = """
        - project: NAME
          vars: {size: 64 MiB, memory: 64 MiB}
          storage:
            - {name: NAME, type: dir, target: IMAGES/NAME}
          volumes:
            - {name: a.FORMAT, pool: NAME, capacity: "${size}", format: FORMAT, COMPAT}
          vms:
            - name: NAME
              type: qemu
              state: STATE
              memory: "${memory}"
              disks: [{DISK}]
              shutdown: {timeout: 1, force: true}
        """.replace("IMAGES", IMAGES);

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path folder;

    private static Lab lab;
    private static Shell shell;
    private static String uri = "";

    @BeforeAll
    static void connect() {
        lab = Labs.shared();
        uri = Labs.uri();
        shell = new Shell(new LibvirtConnector(), folder);
    }

    private static String playbook(String name, String state, String disk, String format) {
        return shell.file(
                name + ".yaml",
                PLAYBOOK.replace("NAME", name)
                        .replace("STATE", state)
                        .replace("DISK", disk.replace("NAME", name))
                        .replace("COMPAT", format.equals("qcow2") ? "compat: '1.1'" : "nocow: false")
                        .replace("FORMAT", format));
    }

    private static String inside(String... command) throws Exception {
        var outcome = lab.capture(List.of(command));
        assertThat(outcome).isInstanceOfSatisfying(ProcessResult.Ended.class, ended -> assertThat(ended.succeeded())
                .as(ended.output())
                .isTrue());
        return ((ProcessResult.Ended) outcome).output().strip();
    }

    private static String virsh(String... arguments) throws Exception {
        return inside(
                Stream.concat(Stream.of("virsh", "-q"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static Shell.Result paddock(String... arguments) {
        return shell.run(
                Stream.concat(Stream.of("-c", uri), Stream.of(arguments)).toArray(String[]::new));
    }

    private static void destroy(String playbook) {
        var destroyed = paddock("destroy", playbook, "--auto-approve", "--allow-data-loss");
        assertThat(destroyed.exitCode()).as(destroyed.all()).isZero();
    }

    private static String source(String name, String... more) throws Exception {
        return virsh(
                Stream.concat(Stream.of("domblklist", name), Stream.of(more)).toArray(String[]::new));
    }

    /** Each state, each way to name the disk, with libvirt's record of the snapshot and without. */
    @ParameterizedTest
    @CsvSource({
        "running, 'pool: NAME, volume: a.qcow2', qcow2, true",
        "running, 'file: IMAGES/NAME/a.qcow2', qcow2, false",
        "running, 'pool: NAME, volume: a.raw, format: raw', raw, true",
        "stopped, 'pool: NAME, volume: a.qcow2', qcow2, true",
        "stopped, 'file: IMAGES/NAME/a.qcow2', qcow2, false",
        "stopped, 'pool: NAME, volume: a.raw', raw, false",
    })
    void aDiskStaysOnTheLayersOfExternalSnapshots(String state, String disk, String format, boolean isRecorded)
            throws Exception {
        var name = "layers-" + state + "-" + format + "-" + isRecorded;
        var file = playbook(name, state, disk.replace("IMAGES", IMAGES), format);
        shell.applied("-c", uri, file);
        for (var layer : List.of("one", "two")) {
            Stream<String> options = isRecorded ? Stream.of() : Stream.of("--no-metadata");
            virsh(Stream.concat(
                            Stream.of(
                                    "snapshot-create-as",
                                    name,
                                    layer,
                                    "--disk-only",
                                    "--diskspec",
                                    "vda,file=" + IMAGES + "/" + name + "/" + layer),
                            options)
                    .toArray(String[]::new));
        }

        shell.inSync("-c", uri, file);
        assertThat(paddock("plan", file).messages()).contains("PD2007").contains(IMAGES + "/" + name + "/two");
        var other = paddock("apply", file, "--auto-approve", "-e", "memory=80 MiB");
        assertThat(other.exitCode()).as(other.all()).isZero();
        assertThat(other.output()).contains("memory").doesNotContain("devices/disk");
        assertThat(source(name, "--inactive")).contains(IMAGES + "/" + name + "/two");
        // What an overlay is over is in use, whatever names it.
        var removed = paddock(
                "destroy", file, "--auto-approve", "--allow-data-loss", "--target", "volume/" + name + "/a." + format);
        assertThat(removed.messages()).as(removed.all()).contains("PD1403");

        if (isRecorded) {
            virsh("snapshot-delete", name, "two", "--metadata");
            virsh("snapshot-delete", name, "one", "--metadata");
        }
        inside("sh", "-c", "rm " + IMAGES + "/" + name + "/one " + IMAGES + "/" + name + "/two");
        destroy(file);
    }

    @Test
    void aVolumeWhoseFileIsGoneIsCreatedAtOnce() throws Exception {
        var file = playbook("gone", "stopped", "pool: NAME, volume: a.qcow2", "qcow2");
        shell.applied("-c", uri, file);
        inside("rm", IMAGES + "/gone/a.qcow2");

        shell.applied("-c", uri, file);
        assertThat(inside("ls", IMAGES + "/gone")).isEqualTo("a.qcow2");
        destroy(file);
    }

    @Test
    void aDiskThatWasEnlargedByHandIsNotShrunk() throws Exception {
        var file = playbook("enlarged", "running", "pool: NAME, volume: a.qcow2", "qcow2");
        shell.applied("-c", uri, file);
        virsh("blockresize", "enlarged", "vda", "128M");

        var grown = paddock("apply", file, "--auto-approve", "-e", "size=96 MiB");
        assertThat(grown.all()).contains("134217728");
        assertThat(virsh("domblkinfo", "enlarged", "vda")).contains("134217728");
        destroy(file);
    }

    @Test
    void snapshotsOfOneNameInAnImageAreToldApart() throws Exception {
        var file = playbook("names", "stopped", "pool: NAME, volume: a.qcow2", "qcow2");
        shell.applied("-c", uri, file);
        var image = IMAGES + "/names/a.qcow2";
        inside("qemu-img", "snapshot", "-c", "old", image);

        assertThat(paddock("snapshot", "create", "names", "old").messages())
                .contains("PD6001")
                .contains(image);
        assertThat(paddock("snapshot", "create", "names", "new").exitCode()).isZero();
        inside("qemu-img", "snapshot", "-c", "new", image);
        assertThat(paddock("snapshot", "restore", "names", "new").messages()).contains("2 snapshots \"new\"");
        assertThat(paddock("snapshot", "delete", "names", "new").messages()).contains("2 snapshots \"new\"");
        inside("qemu-img", "snapshot", "-d", "new", image);
        assertThat(paddock("snapshot", "restore", "names", "new").exitCode()).isZero();
        destroy(file);
    }

    @Test
    void aVmWithACheckpointIsNeitherSnapshotNorEnded() throws Exception {
        var file = playbook("checked", "running", "pool: NAME, volume: a.qcow2", "qcow2");
        shell.applied("-c", uri, file);
        assertThat(paddock("snapshot", "create", "checked", "before").exitCode())
                .isZero();
        virsh("checkpoint-create-as", "checked", "c1");

        assertThat(paddock("snapshot", "create", "checked", "after").messages())
                .contains("PD6001")
                .contains("c1");
        for (var way : List.of(List.<String>of(), List.of("--way", "libvirt"))) {
            var restored = paddock(Stream.concat(Stream.of("snapshot", "restore", "checked", "before"), way.stream())
                    .toArray(String[]::new));
            assertThat(restored.messages()).contains("PD6003").contains("virsh checkpoint-delete checked c1");
        }
        assertThat(virsh("domstate", "checked")).isEqualTo("running");
        virsh("checkpoint-delete", "checked", "c1");
        assertThat(paddock("snapshot", "restore", "checked", "before").exitCode())
                .isZero();
        destroy(file);
    }
}
