package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.image.ImageFileRole;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.Program;
import dev.paddock.testkit.guest.TinyGuest;
import dev.paddock.testkit.lab.Labs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands in a guest that has QEMU's agent alone: Debian's own, which runs in a guest of the image tiny. */
@Timeout(180)
class QemuAgentIT {
    private static final String MARK = "sleep 87654";

    /** Prints what still runs of a command that was killed, once it had time to go. */
    private static final String GONE =
            "for i in $(seq 100); do ps | grep -q '[s]leep 87654' || exit 0; sleep 0.1; done; ps";

    /** Debian's agent with all it is linked with, for a guest that has no libraries. */
    private static final String AGENT = """
            test -x /usr/sbin/qemu-ga || { echo 'These tests need the package qemu-guest-agent.'; exit 1; }
            cp /usr/sbin/qemu-ga "$0"
            for library in $(ldd /usr/sbin/qemu-ga | grep -o '/[^ ]*'); do cp -L "$library" "$0"; done
            """;

    private static final String START =
            "/agent/ld-linux-*.so* --library-path /agent /agent/qemu-ga -t /tmp -m virtio-serial"
                    + " -p /dev/virtio-ports/org.qemu.guest_agent.0 &\n";

    @TempDir
    static Path folder;

    private static Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private static String playbook = "";

    @BeforeAll
    static void runs() throws Exception {
        shell = new Shell(new LibvirtConnector(), folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var agent = Files.createDirectory(folder.resolve("agent"));
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        var copied = Program.of("sh", "-c", AGENT, agent.toString()).run();
        assertThat(copied.isSuccess()).as(copied.explanation()).isTrue();
        TinyGuest.provide(Labs.uri());
        playbook = shell.file("agent.yaml", """
                - vms:
                    - name: agent
                      memory: 256 MiB
                      cpu: maximum
                      boot: {kernel: %s, initrd: %s, cmdline: "%s"}
                      channels: [org.qemu.guest_agent.0]
                      shares: [{source: %s, target: agent, readonly: yes}]
                      shutdown: {timeout: 20, force: true}
                """.formatted(
                        TinyGuest.path(ImageFileRole.KERNEL),
                        TinyGuest.path(ImageFileRole.INITRD),
                        TinyGuest.IMAGE.cmdline().orElse(""),
                        agent));
        shell.applied("-c", Labs.uri(), playbook);
        try (var guests = new LibvirtConnector().guests(Labs.uri());
                var console = guests.console("agent", false)) {
            var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (!paddock("vm", "log", "agent").all().contains("paddock-tiny: up")) {
                assertThat(System.nanoTime()).as("the guest's start").isLessThan(deadline);
                Thread.sleep(100);
            }
            console.write(START.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(exec("--wait", "2m", "--", "true").exitCode()).isZero();
    }

    @AfterAll
    static void isRemoved() {
        assertThat(paddock("destroy", playbook, "--auto-approve").exitCode()).isZero();
    }

    private static Shell.Result paddock(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", Labs.uri()));
        all.addAll(List.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    private static Shell.Result exec(String... arguments) {
        List<String> all = new ArrayList<>(List.of("exec", "agent"));
        all.addAll(List.of(arguments));
        return paddock(all.toArray(String[]::new));
    }

    @Test
    void itLooksAsIfTheCommandRanHere() {
        assertThat(exec("--", "sh", "-c", "echo one; echo two >&2; exit 7"))
                .isEqualTo(new Shell.Result(7, "one\n", "two\n"));
        assertThat(exec("-e", "X=a b", "--cwd", "/tmp", "--", "sh", "-c", "pwd; echo \"$X $HOME $USER\"; cat"))
                .isEqualTo(new Shell.Result(0, "/tmp\na b /root root\n", ""));
        assertThat(exec("--", "sh", "-c", "kill -9 $$").exitCode()).isEqualTo(137);
        assertThat(exec("--", "no-such-command").exitCode()).isEqualTo(127);
        assertThat(exec("--cwd", "/nowhere", "--", "true").exitCode()).isEqualTo(125);
        assertThat(exec("--user", "nobody-of-this-name", "--", "true").exitCode())
                .isEqualTo(125);
    }

    @Test
    void whatGoesInAndOutArrivesWhole() throws Exception {
        var bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        var sent = Files.write(folder.resolve("sent"), bytes);
        var received = folder.resolve("received");
        var script = "\"$0\" \"$@\" < " + sent + " > " + received;
        var command = new String[] {"-c", Labs.uri(), "exec", "agent", "-i", "--", "sh", "-c", "tee /tmp/kept"};
        try (var paddock = Paddock.start(folder, List.of("sh", "-c", script), List.of(), command)) {
            var ended = paddock.end();
            assertThat(ended.exitCode()).as(ended.all()).isZero();
        }
        assertThat(received).hasSameBinaryContentAs(sent);
        // More than libvirt would hand on of an agent at once.
        var much = "for i in 1 2 3 4 5 6; do cat /tmp/kept | tr '\\000-\\377' x; done; rm /tmp/kept";
        assertThat(exec("--", "sh", "-c", much).output()).hasSize(6 * bytes.length);
        assertThat(exec("--", "ls", "-A", "/tmp").output()).matches("qga.state\n(tmp\\.\\w+\n)?");
    }

    @Test
    void whatTakesTooLongIsKilledWithItsGroup() {
        var result = exec("--timeout", "1s", "--", "sh", "-c", "trap '' TERM; " + MARK + " & " + MARK);
        assertThat(result.exitCode()).as(result.all()).isEqualTo(124);
        assertThat(exec("--", "sh", "-c", GONE).output()).isEmpty();
    }

    @Test
    void outputComesWhileTheCommandRunsAndAnInterruptEndsIt() {
        try (var paddock = Paddock.start(
                folder, "-c", Labs.uri(), "exec", "agent", "--", "sh", "-c", "echo begun; " + MARK + "; :")) {
            paddock.awaitsOutput("begun");
            paddock.interrupt();
            assertThat(paddock.end().exitCode()).isEqualTo(130);
        }
        assertThat(exec("--", "sh", "-c", GONE).output()).isEmpty();
    }

    @Test
    void copiesAndTerminalsTakePaddocksAgent() {
        var copied = paddock("cp", "agent:/etc/hosts", folder.toString());
        assertThat(copied.exitCode()).isEqualTo(1);
        assertThat(copied.messages()).contains("PD5001", "QEMU's agent has neither", "dev.paddock.agent.0");
        assertThat(exec("-t", "--", "tty").exitCode()).isEqualTo(125);
    }
}
