package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one does to guests by hand, on a guest that gets an address by its network card, and answers at its console. */
@Timeout(180)
class VmCommandIT {
    @TempDir
    static Path folder;

    private static Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private static String uri = "";
    private static String playbook = "";

    @BeforeAll
    static void start() {
        uri = Labs.uri();
        shell = new Shell(new LibvirtConnector(), folder);
        playbook = shell.file("p.yaml", """
            - networks:
                - {name: by-hand, bridge: br-by-hand, address: 192.168.71.1/24, dhcp: 192.168.71.10-192.168.71.99}
              vms:
                - name: by-hand
                  memory: 64 MiB
                  networks: by-hand
                  shutdown: {timeout: 2, force: false}
                - name: talks
                  memory: 64 MiB
                  disks: [{file: "%s", format: raw}]
                  shutdown: {timeout: 1, force: true}
            """.formatted(EchoDisk.in(folder)));
        shell.applied("-c", uri, playbook);
    }

    @AfterAll
    static void stop() {
        assertThat(vm("stop", "by-hand", "talks", "--timeout", "0", "--force").exitCode())
                .isZero();
        assertThat(shell.run("-c", uri, "destroy", playbook, "--auto-approve").exitCode())
                .isZero();
    }

    private static Shell.Result vm(String... arguments) {
        var all = new String[arguments.length + 3];
        System.arraycopy(new String[] {"-c", uri, "vm"}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        var result = shell.run(all);
        assertThat(result.all()).doesNotContain("Exception", "This is a bug");
        return result;
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    @Test
    void guestsAreListedShownAndStarted() throws Exception {
        await(
                () -> vm("list").output().matches("(?s).*by-hand +running +192\\.168\\.71\\.\\d+ \\(.*lease.*\\) .*"),
                "a lease");
        var json = vm("list", "-o", "json").json().get("guests").get(0);
        assertThat(json.get("name").asText()).isEqualTo("by-hand");
        assertThat(json.get("addresses").get(0).get("address").asText()).startsWith("192.168.71.");
        assertThat(json.get("addresses").get(0).get("sources").get(0).asText()).isEqualTo("lease");
        assertThat(vm("info", "by-hand").output())
                .contains("state:       running", "192.168.71.", "networks:    by-hand", "by-hand-serial.log");

        assertThat(vm("pause", "by-hand", "talks").messages()).contains("vm/by-hand: paused.", "vm/talks: paused.");
        assertThat(vm("list").output()).contains("paused (by request)");
        assertThat(vm("resume", "by-hand", "talks").messages()).contains("vm/by-hand: runs.");

        // It has no system that would hear its power button.
        var kind = vm("stop", "by-hand");
        assertThat(kind.exitCode()).isEqualTo(1);
        assertThat(kind.messages()).contains("PD3004", "has not within 2 seconds", "--force");
        assertThat(vm("list").output()).containsPattern("by-hand +running");
        var forced = vm("stop", "by-hand", "--timeout", "0", "--force");
        assertThat(forced.exitCode()).as(forced.all()).isZero();
        assertThat(forced.messages()).contains("its power is cut", "vm/by-hand: stopped.");
        assertThat(vm("list").output()).containsPattern("by-hand +stopped \\(power cut\\) +- ");

        assertThat(vm("start", "by-hand").messages()).contains("vm/by-hand: started.");
        assertThat(vm("start", "by-hand").messages()).contains("vm/by-hand: runs already.");
        assertThat(vm("restart", "talks").messages()).contains("vm/talks: restarted.");
        assertThat(vm("stop", "by-hands").messages()).contains("PD1302", "Did you mean 'by-hand'?");
        shell.inSync("-c", uri, playbook);
    }

    @Test
    void theConsoleIsATerminalAndIsKept() throws Exception {
        await(() -> vm("log", "talks").output().contains(EchoDisk.HELLO), "the guest");
        try (var terminal = Paddock.atATerminal(folder, "-c", uri, "vm", "console", "talks")) {
            terminal.awaitsOutput("Ctrl-] leaves");
            terminal.types("hello");
            terminal.awaitsOutput("hello");
            // A Ctrl-C is the guest's.
            terminal.types("\u0003there");
            terminal.awaitsOutput("there");
            terminal.types("\u001d");
            assertThat(terminal.end().exitCode()).isZero();
        }
        assertThat(vm("log", "talks").output()).contains("hello\u0003there");
        assertThat(shell.answering("", "-c", uri, "vm", "log", "talks").output())
                .contains("hellothere");
        assertThat(vm("log", "talks", "--qemu", "-n", "200").output()).contains("-name guest=talks");
    }

    @Test
    void theConsoleEndsWithTheGuest() {
        try (var terminal = Paddock.atATerminal(folder, "-c", uri, "vm", "console", "talks")) {
            terminal.awaitsOutput("Ctrl-] leaves");
            vm("stop", "talks");
            terminal.awaitsOutput("The console has ended");
            assertThat(terminal.end().exitCode()).isZero();
        }
        vm("start", "talks");
    }

    @Test
    void sshSaysWhyItCannotKnowWhereTo() {
        var unknown = vm("ssh", "talks");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.messages()).contains("PD3020", "No address of the guest 'talks' is known");
        assertThat(vm("log", "talks", "--", "date").exitCode()).isEqualTo(64);
        assertThat(vm("stop", "talks", "--timeout", "soon").exitCode()).isEqualTo(64);
    }
}
