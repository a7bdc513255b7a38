package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.guest.TestGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code paddock exec}, as people and scripts call it. */
@Timeout(300)
class ExecIT {
    private static String guest = "";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeAll
    static void boots() {
        guest = TestGuest.shared();
    }

    @BeforeEach
    void sits() {
        shell = new Shell(new LibvirtConnector(), folder);
    }

    private Shell.Result exec(String... more) {
        return shell.run(arguments(more));
    }

    private static String[] arguments(String... more) {
        var all = new ArrayList<>(List.of("--connect", TestGuest.uri(), "exec", guest));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void itLooksAsIfTheCommandRanHere() {
        var result = exec("--", "sh", "-c", "echo one; echo two >&2; exit 7");

        assertThat(result).isEqualTo(new Shell.Result(7, "one\n", "two\n"));
    }

    @Test
    void optionsArePassedOn() {
        var result =
                exec("-e", "X=a b", "--user", "user", "--cwd", "/tmp", "--", "sh", "-c", "id -un; pwd; echo \"$X\"");

        assertThat(result).isEqualTo(new Shell.Result(0, "user\n/tmp\na b\n", ""));
    }

    @Test
    void whatTakesTooLongEndsWith124() {
        var result = exec("--timeout", "1s", "--", "sleep", "1000");

        assertThat(result.exitCode()).isEqualTo(124);
        assertThat(result.messages()).contains("killed");
    }

    @Test
    void whatIsNotThereEndsWith127() {
        var result = exec("--", "no-such-command");

        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.messages()).contains("PD5005", "no-such-command: No such file or directory");
    }

    @Test
    void paddocksOwnFailuresEndWith125() {
        var absent = shell.run("--connect", TestGuest.uri(), "exec", "no-such-guest", "--", "true");
        var unreachable = shell.run("--connect", "qemu:///system?socket=/nowhere", "exec", guest, "--", "true");

        assertThat(absent.exitCode()).isEqualTo(125);
        assertThat(absent.messages()).contains("PD1302", "no-such-guest");
        assertThat(unreachable.exitCode()).isEqualTo(125);
        assertThat(unreachable.messages()).contains("PD3001");
    }

    @Test
    void mistakesOfTheCommandLineAreTold() {
        assertThat(exec().exitCode()).isEqualTo(64);
        assertThat(exec("--timeout", "soon", "--", "true").messages()).contains("PD1303", "soon");
        assertThat(exec("-e", "=x", "--", "true").messages()).contains("PD1303", "=x");
    }

    @Test
    void ctrlCGoesToTheCommand() {
        try (var paddock = Paddock.start(
                folder,
                arguments(
                        "--",
                        "sh",
                        "-c",
                        "trap 'echo got it; exit 5' INT; echo ready >&2; while :; do sleep 0.1; done"))) {
            assertThat(paddock.awaits("ready", 1)).isTrue();
            paddock.interrupt();

            assertThat(paddock.end()).isEqualTo(new Shell.Result(5, "got it\n", "ready"));
        }
    }

    @Test
    void aPaddockThatIsKilledTakesTheCommandAlong() {
        try (var paddock = Paddock.start(folder, arguments("--", "sh", "-c", "echo ready >&2; sleep 87654"))) {
            assertThat(paddock.awaits("ready", 1)).isTrue();
            paddock.kill();
        }
        // It is being killed by then, and that is awaited.
        assertThat(exec("--timeout", "60", "--", "sh", "-c", "while ps | grep '[s]leep 87654'; do sleep 0.1; done")
                        .exitCode())
                .isZero();
    }
}
