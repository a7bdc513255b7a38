package dev.paddock.testkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.guest.CommandStreams;
import dev.paddock.host.guest.GuestAgent;
import dev.paddock.host.guest.GuestCommand;
import dev.paddock.host.guest.LeaseClaim;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.host.workspace.CollectedResults;
import dev.paddock.host.workspace.Workspace;
import dev.paddock.host.workspace.Workspaces;
import dev.paddock.testkit.lab.Labs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The folder that a real guest shares with its host, from one lease to the next. */
@Timeout(300)
class WorkspaceIT {
    /** The caller whose folder results are copied to. */
    private static final int CALLER = 4242;

    private static final ResourceId VM = new ResourceId("vm", PoolGuest.NAME);

    @TempDir
    private Path folder;

    private Workspaces workspaces;
    private GuestAgent guest;

    @BeforeEach
    void claims() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        claim(RestoreWay.LOADVM);
    }

    private void claim(RestoreWay way) {
        PoolGuest.restore(way);
        workspaces = PoolGuest.workspaces();
        workspaces.empty(PoolGuest.NAME);
        guest = GuestChannels.open(Labs.uri(), PoolGuest.NAME);
        guest.claim(LeaseClaim.at(Instant.now()).withWorkspace(Workspace.TAG));
    }

    @AfterEach
    void closes() {
        guest.close();
    }

    private String shell(String script) throws IOException {
        var output = new ByteArrayOutputStream();
        guest.run(GuestCommand.of("sh", "-c", script).in("/workspace"), CommandStreams.of(output, output));
        return output.toString(StandardCharsets.UTF_8);
    }

    private static String host(String script) throws Exception {
        return Labs.shared().capture(List.of("sh", "-c", script)).toString();
    }

    private CollectedResults collect() {
        return workspaces.collect(PoolGuest.NAME, folder.resolve("results"), CALLER, CALLER);
    }

    private String result(String name) throws IOException {
        return Files.readString(folder.resolve("results").resolve(name));
    }

    @ParameterizedTest
    @EnumSource
    void everyLeaseHasItsOwn(RestoreWay way) throws Exception {
        var fresh = shell("find . | sort; stat -c '%a %u' .");
        for (var round = 0; round < 2; round++) {
            // Also with files that are open, and one that is only there as it is open.
            shell("""
                    echo mark >output/mark; mkdir -p work/.a/b; echo mark >work/.a/b/c; ln -s /etc/passwd link; mv input other
                    (exec 3>work/held; rm work/held; echo mark >&3; cd work; exec sleep 4242 >mark) >/dev/null 2>&1 &
                    """);
            guest.close();

            claim(way);

            assertThat(shell("find . | sort; stat -c '%a %u' .")).isEqualTo(fresh);
        }
        assertThat(fresh).startsWith(".\n./input\n./output\n./work\n");
    }

    @Test
    void resultsAreWholeWhenTheGuestIsPaused() throws Exception {
        var sum = shell("head -c 3000000 /dev/urandom >output/noise; sha256sum <output/noise");
        assertThat(sum).hasSizeGreaterThan(64);
        try (HostWriter writer = new LibvirtConnector().writer(Labs.uri())) {
            writer.perform(new Action.Suspend(VM));
            assertThat(collect()).isEqualTo(new CollectedResults(1, 3_000_000, List.of()));
            writer.perform(new Action.Resume(VM));
        }

        assertThat(shell("sha256sum <output/noise")).isEqualTo(sum);
        Files.move(folder.resolve("results/noise"), folder.resolve("noise"));
        assertThat(host("sha256sum <" + folder.resolve("noise"))).contains(sum.strip());
    }

    @Test
    void resultsAreFilesAndFoldersOfTheCallersAndNothingElse() throws Exception {
        shell("""
                cd output; mkdir -p deep/er; echo text >deep/er/file; echo 'echo run' >run; chmod 4755 run
                ln -s /etc/shadow link; ln -s / root; mkfifo pipe; mknod null c 1 3; touch empty
                printf x | dd of=sparse bs=1 seek=1G 2>/dev/null
                """);

        var collected = collect();

        assertThat(collected.files()).isEqualTo(3);
        assertThat(collected.leftOut())
                .containsExactly(
                        "./link: a link",
                        "./null: neither file nor folder",
                        "./pipe: neither file nor folder",
                        "./root: a link",
                        "./sparse: larger than what is left of the 8388608 bytes of the workspace");
        assertThat(result("deep/er/file")).isEqualTo("text\n");
        assertThat(host("cd " + folder + "/results && stat -c '%n %a %u %g' deep run empty"))
                .contains("deep 755 4242 4242\nrun 755 4242 4242\nempty 644 4242 4242\n");
    }

    @Test
    void noLinkOfAGuestLeadsOutOfTheFolder() throws Exception {
        host("echo secret >/var/lib/libvirt/workspaces/outside");

        assertThat(shell(
                        "ln -s ../../../outside work/up; cat work/up; ln -s /var/lib/libvirt/workspaces/outside work/abs;"
                                + " cat work/abs; ls -a /workspace/.. | grep -c outside; cat /workspace/../outside"))
                .doesNotContain("secret");
        // To the host they are files, and even a link of the host's own leads nowhere there.
        assertThat(
                        host(
                                "cd /var/lib/libvirt/workspaces/pooled/share/work; stat -c %F up abs; ln -s /etc/passwd real; cat real"))
                .contains("regular file\nregular file\n", "Too many levels of symbolic links");
    }

    @Test
    void aCallerThatLeadsResultsElsewhereHarmsNobodyElse() throws Exception {
        Files.createDirectory(
                folder.resolve("private"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(folder.resolve("results"), folder.resolve("private"));
        shell("echo mine >output/file");

        assertThatThrownBy(this::collect).hasMessageContaining("cannot be copied");
        assertThat(folder.resolve("private")).isEmptyDirectory();
    }

    @Test
    void aGuestFillsItsWorkspaceAndNothingElse() throws Exception {
        assertThat(shell("dd if=/dev/zero of=work/full bs=64k count=1024 2>&1 | grep -o 'No space left on device'"))
                .isEqualTo("No space left on device\n");
        assertThat(
                        shell(
                                "(i=0; while : >work/$i; do i=$((i + 1)); done) 2>&1; rm -f work/full; echo >output/after && echo ok"))
                .contains("No space left on device")
                .endsWith("ok\n");

        workspaces.empty(PoolGuest.NAME);

        assertThat(shell("ls work; head -c 4000000 /dev/zero >work/half && echo ok"))
                .isEqualTo("ok\n");
    }
}
