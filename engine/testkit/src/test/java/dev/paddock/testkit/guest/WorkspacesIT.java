package dev.paddock.testkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.workspace.Workspace.Backing;
import dev.paddock.host.workspace.WorkspaceException;
import dev.paddock.host.workspace.Workspaces;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces without guests, on a machine where all of it is real. */
@Timeout(300)
class WorkspacesIT {
    private static final Path BASE = Path.of("/var/lib/libvirt/other-workspaces");
    private static final String SLOT = "slot-1";
    private static final String SHARE = BASE + "/" + SLOT + "/share";
    private static final int QEMU = 4243;
    private static final long SIZE = 8 << 20;

    private static final String STATE =
            "cd " + SHARE + " && stat -c '%n %a %u %g' . * .[!.]* 2>/dev/null; mount | grep -c " + SHARE
                    + "; df -k . | tail -n 1 | awk '{print ($2 > 6000 && $2 <= 8192 && $3 < 100) }'";
    private static final String FRESH =
            ". 1777 0 0\ninput 777 4243 4243\noutput 777 4243 4243\nwork 777 4243 4243\n1\n1\n";

    @TempDir
    private Path folder;

    private final Lab lab = Labs.shared();
    private final Workspaces workspaces = new Workspaces(new LibvirtMachine.InLab(lab), BASE, QEMU, QEMU);

    @AfterEach
    void nothingIsLeft() throws Exception {
        workspaces.remove(SLOT);
        assertThat(workspaces.slots()).isEmpty();
        assertThat(inside(lab, "mount | grep " + BASE + "; losetup -a | grep " + BASE + "; ls -A " + BASE))
                .isEmpty();
    }

    private static String inside(Lab lab, String script) throws Exception {
        var outcome = lab.capture(List.of("sh", "-c", script));
        assertThat(outcome).isInstanceOf(ProcessResult.Ended.class);
        return ((ProcessResult.Ended) outcome).output();
    }

    @Test
    void allMayBeDoneAgain() throws Exception {
        workspaces.remove(SLOT);
        var workspace = workspaces.create(SLOT, SIZE);
        assertThat(inside(lab, STATE)).isEqualTo(FRESH);
        inside(lab, "cd " + SHARE + "; rm -r input; mkdir -p .x/y; echo mark | tee .x/y/z output/a >work/b");

        assertThat(workspaces.create(SLOT, SIZE)).isEqualTo(workspace);
        assertThat(inside(lab, STATE)).isEqualTo(FRESH);
        workspaces.empty(SLOT);
        workspaces.empty(SLOT);
        assertThat(inside(lab, STATE)).isEqualTo(FRESH);
        assertThat(workspaces.slots()).containsExactly(SLOT);
        workspaces.remove(SLOT);
    }

    @Test
    void whatAnEndInTheMiddleLeavesIsMended() throws Exception {
        List<String> create =
                new ArrayList<>(List.of("sh", "-c", script(), "workspace", "create", BASE.toString(), SLOT));
        create.addAll(List.of(Long.toString(SIZE), Integer.toString(QEMU), Integer.toString(QEMU)));
        for (var tenths = 0; tenths < 12; tenths++) {
            List<String> killed = new ArrayList<>(List.of("timeout", "-s", "KILL", "0.%02d".formatted(tenths + 1)));
            killed.addAll(create);
            lab.capture(killed);

            if (tenths % 2 == 0) {
                workspaces.create(SLOT, SIZE);
                assertThat(inside(lab, STATE))
                        .as("after %d ms", 10 * (tenths + 1))
                        .isEqualTo(FRESH);
            }
            workspaces.remove(SLOT);
            assertThat(workspaces.slots()).isEmpty();
        }
    }

    @Test
    void aWorkspaceThatWasUnmountedOrIsToBeLargerIsMadeAnew() throws Exception {
        workspaces.create(SLOT, SIZE / 2);
        inside(lab, "echo mark >" + SHARE + "/work/mark");
        workspaces.create(SLOT, SIZE);
        assertThat(inside(lab, STATE)).isEqualTo(FRESH);
        inside(lab, "echo mark >" + SHARE + "/work/mark; umount " + SHARE);

        assertThatThrownBy(() -> workspaces.empty(SLOT)).isInstanceOf(WorkspaceException.class);
        workspaces.create(SLOT, SIZE);

        assertThat(inside(lab, STATE)).isEqualTo(FRESH);
    }

    @Test
    void allOfItIsSetAside() throws Exception {
        inside(lab, "mkdir -p " + BASE + "; mount -t tmpfs -o size=20m,mode=711 few " + BASE);
        try {
            workspaces.create(SLOT, SIZE);
            assertThatThrownBy(() -> workspaces.create("slot-2", 2 * SIZE))
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining("No space left on device");
            workspaces.remove("slot-2");
            workspaces.remove(SLOT);
        } finally {
            inside(lab, "umount " + BASE);
        }
    }

    @Test
    void whatHasNoProperNameIsLeftOut() throws Exception {
        workspaces.create(SLOT, SIZE);
        inside(
                lab,
                "cd " + SHARE + "/output && printf x >\"$(printf 'bell\\007')\" && printf y >\"$(printf 'odd\\377')\""
                        + " && perl -e 'for (1..50) { mkdir q(d) x 100 and chdir q(d) x 100 or die }'");

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        var collected = workspaces.collect(SLOT, folder.resolve("results"), QEMU, QEMU);

        assertThat(collected.files()).isEqualTo(1);
        assertThat(collected.leftOut()).hasSize(2);
        assertThat(collected.leftOut().getFirst()).contains("File name too long");
        assertThat(collected.leftOut().getLast()).startsWith("./odd").endsWith("its name is not UTF-8");
        workspaces.empty(SLOT);
        assertThat(inside(lab, STATE)).isEqualTo(FRESH);
    }

    @Test
    void withoutLoopDevicesItIsInMemory() throws Exception {
        var bare = Labs.lab("bare");
        bare.start();
        try {
            inside(bare, "for device in /dev/loop*; do mount --bind /dev/null $device; done");
            var inMemory = new Workspaces(new LibvirtMachine.InLab(bare), BASE, QEMU, QEMU);

            assertThat(inMemory.create(SLOT, SIZE).backing()).isEqualTo(Backing.MEMORY);

            assertThat(inside(bare, STATE)).isEqualTo(FRESH);
            assertThat(inside(bare, "head -c 20000000 /dev/zero 2>&1 >" + SHARE + "/work/full"))
                    .contains("No space left on device");
            inMemory.remove(SLOT);
            assertThat(inMemory.slots()).isEmpty();
        } finally {
            bare.stop();
        }
    }

    private static String script() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(Workspaces.class.getResourceAsStream("workspace.sh"), "the script")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
