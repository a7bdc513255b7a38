package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.Program;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that QEMU could not open are told before it tries, with what is in the way. */
@Timeout(120)
class GuestFilesIT {
    private static final String HEAD =
            "- vms:\n    - name: files\n      memory: 64 MiB\n" + "      shutdown: {timeout: 1, force: true}\n      ";

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private String uri = "";

    @BeforeEach
    void files() throws IOException {
        uri = Labs.uri();
        shell = new Shell(new LibvirtConnector(), folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var name : new String[] {"open", "shut"}) {
            var made = Files.createDirectory(folder.resolve(name));
            Files.write(made.resolve("a.img"), new byte[1 << 20]);
            image(made.resolve("base.qcow2"));
            image(made.resolve("broken.qcow2"), "-u", "-F", "qcow2", "-b", folder + "/open/gone.qcow2");
            image(made.resolve("far.qcow2"), "-u", "-F", "qcow2", "-b", folder + "/shut/base.qcow2");
        }
        Files.setPosixFilePermissions(folder.resolve("open"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("shut"), PosixFilePermissions.fromString("rwx------"));
    }

    private static void image(Path file, String... more) {
        var command = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2"));
        command.addAll(List.of(more));
        command.addAll(List.of(file.toString(), "1M"));
        var outcome = Program.of(command.toArray(String[]::new)).run();
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
    }

    private Shell.Result apply(String more) {
        var file = shell.file("files.yaml", HEAD + more.replace("HERE", folder.toString()) + "\n");
        return shell.run("-c", uri, "apply", file, "--auto-approve");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    a folder that is shut | disks: [{file: HERE/shut/a.img, format: raw}] | disk vda: the folder HERE/shut may not be entered | chmod o+x HERE/shut
                    a missing image | disks: [{file: HERE/open/none.img}] | disk vda: there is no such file | Make it, or correct the path
                    a missing folder | disks: [{file: HERE/none/a.img}] | there is no folder HERE/none | Make it, or correct the path
                    a missing image behind another | disks: [{file: HERE/open/broken.qcow2}] | could not open HERE/open/gone.qcow2, the chain of images behind disk vda: there is no such file | Make it
                    an image behind another, in a folder that is shut | disks: [{file: HERE/open/far.qcow2}] | could not open HERE/shut/base.qcow2, the chain of images | setfacl -m u:
                    a missing kernel | boot: {kernel: HERE/open/vmlinuz} | could not open HERE/open/vmlinuz, the kernel | Make it
                    a share that QEMU may not write | shares: [{source: HERE/open, target: work}] | the share work: the user of the uid | may not write it
                    a missing share | shares: [{source: HERE/work, target: work}] | could not open HERE/work, the share work | Make it
                    """)
    void whatIsInTheWayIsTold(String what, String fields, String why, String fix) {
        var result = apply(fields);
        assertThat(result.exitCode()).as(result.all()).isEqualTo(1);
        assertThat(result.messages())
                .contains("Error PD3021: QEMU cannot open a file", "files.yaml:2:7")
                .contains(why.replace("HERE", folder.toString()), fix.replace("HERE", folder.toString()))
                .doesNotContain("libvirt error");
        assertThat(shell.run("-c", uri, "vm", "info", "files").exitCode()).isEqualTo(1);
    }

    @Test
    void whoIsLetInByOneOfItsGroupsStarts() throws IOException {
        var disk = "disks: [{file: HERE/shut/a.img, format: raw}]";
        assertThat(apply(disk).exitCode()).isEqualTo(1);
        // The folder stays shut to all others, and the group is not the one that QEMU runs with.
        var let = Program.of("chgrp", "libvirt-qemu", folder.resolve("shut").toString())
                .run();
        assertThat(let.isSuccess()).as(let.explanation()).isTrue();
        Files.setPosixFilePermissions(folder.resolve("shut"), PosixFilePermissions.fromString("rwx--x---"));
        var result = apply(disk);
        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(shell.run("-c", uri, "destroy", shell.path("files.yaml"), "--auto-approve")
                        .exitCode())
                .isZero();
    }
}
