package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.image.ImageFileRole;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.guest.TinyGuest;
import dev.paddock.testkit.lab.Labs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an apply waits for, on guests that run; some of them never get there. */
@Timeout(240)
class ReadyIT {
    private static final String NETWORKS = """
            - networks:
                - {name: ready, bridge: br-ready, address: 192.168.72.1/24, dhcp: 192.168.72.10-192.168.72.99}
            """;

    /** Typed at the guest's shell: what answers as an ssh server and as QEMU's agent do, as far as anybody asks here. */
    private static final String SERVERS = """
            (while :; do echo SSH-2.0-tiny | nc -l -p 22 >/dev/null; done) &
            exec 3<>/dev/virtio-ports/org.qemu.guest_agent.0
            (while :; do while read -r line <&3; do case $line in
            *guest-sync*) id=${line##*:}; echo "{\\"return\\": ${id%%\\}*}}";;
            *guest-ping*) echo '{"return": {}}';;
            *guest-exec-status*) echo '{"return": {"exited": true, "exitcode": 0, "out-data": "eyJ2MSI6IHsiZXJyb3JzIjogW119fQ=="}}';;
            *guest-exec*'"cat"'*result.json*) echo '{"return": {"pid": 8}}';;
            *guest-exec*'"/bin/is ready"'*'a \\"b'*) echo '{"return": {"pid": 7}}';;
            *) echo '{"error": {"class": "CommandNotFound", "desc": "no"}}';;
            esac; done >&3; sleep 1; done) &
            echo serv''ing
            """;

    @TempDir
    static Path folder;

    private static Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private static String uri = "";
    private String playbook = "";

    @BeforeAll
    static void start() {
        uri = Labs.uri();
        shell = new Shell(new LibvirtConnector(), folder);
        TinyGuest.provide(uri);
        shell.applied("-c", uri, shell.file("networks.yaml", NETWORKS));
    }

    @AfterEach
    void remove() {
        assertThat(shell.run("-c", uri, "destroy", playbook, "--auto-approve").exitCode())
                .isZero();
    }

    @AfterAll
    static void stop() {
        var networks = shell.path("networks.yaml");
        assertThat(shell.run("-c", uri, "destroy", networks, "--auto-approve").exitCode())
                .isZero();
    }

    private Shell.Result apply(String guests) {
        playbook = shell.file("guests.yaml", "- vms:\n" + guests.indent(4));
        return shell.run("-c", uri, "apply", playbook, "--auto-approve");
    }

    private void isInSync() {
        var plan = shell.run("-c", uri, "plan", playbook, "--detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.all()).isZero();
    }

    @Test
    void aGuestIsWaitedForUntilAllOfItAnswers() throws Exception {
        var applied = CompletableFuture.supplyAsync(() -> apply("""
                - name: answers
                  memory: 256 MiB
                  cpu: maximum
                  networks: ready
                  boot: {kernel: %s, initrd: %s, cmdline: "%s"}
                  channels: [org.qemu.guest_agent.0]
                  shutdown: {timeout: 20, force: true}
                  ready: {agent: yes, address: yes, ssh: yes, cloud_init: yes, command: [/bin/is ready, 'a "b'], timeout: 120}
                """.formatted(
                        TinyGuest.path(ImageFileRole.KERNEL),
                        TinyGuest.path(ImageFileRole.INITRD),
                        TinyGuest.IMAGE.cmdline().orElse(""))));
        try (var guests = new LibvirtConnector().guests(uri)) {
            awaitsLog("answers", "paddock-tiny: up");
            assertThat(applied).isNotDone();
            try (var console = guests.console("answers", false)) {
                console.write(SERVERS.getBytes(StandardCharsets.UTF_8));
                awaitsLog("answers", "serving");
            }
        }
        var result = applied.get(200, TimeUnit.SECONDS);
        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.output())
                .contains(
                        "+ ready: its agent, an address, ssh, cloud-init to finish, `/bin/is ready a \"b` to succeed, within 120 seconds");
        assertThat(result.messages()).containsPattern("vm/answers: Ready, at 192\\.168\\.72\\.\\d+ \\(lease\\)\\.");
        isInSync();
        var again = shell.run("-c", uri, "apply", playbook, "--auto-approve");
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.output()).contains("No changes.", "0 added, 0 changed, 0 destroyed.");
        assertThat(again.messages()).contains("vm/answers: Ready, at 192.168.72.");
        assertThat(shell.run("-c", uri, "vm", "list", "-o", "json")
                        .json()
                        .at("/guests/0/addresses/0/sources")
                        .toString())
                .contains("lease");
    }

    private static void awaitsLog(String guest, String text) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        while (true) {
            var log = shell.run("-c", uri, "vm", "log", guest).all();
            if (log.contains(text)) {
                return;
            }
            assertThat(System.nanoTime()).as(log).isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    @Test
    void aGuestWhoseEmulatorDiesMeanwhileIsToldAndStartedByTheNextApply() throws Exception {
        var guest = """
                - name: killed
                  memory: 64 MiB
                  disks: [{file: %s, format: raw}]
                  channels: [org.qemu.guest_agent.0]
                  shutdown: {timeout: 1, force: true}
                """.formatted(EchoDisk.in(folder));
        var applied = CompletableFuture.supplyAsync(() -> apply(guest + "  ready: {agent: yes, timeout: 100}\n"));
        awaitsLog("killed", EchoDisk.HELLO);
        Labs.shared().capture(List.of("sh", "-c", "kill -9 $(cat /run/libvirt/qemu/killed.pid)"));
        var result = applied.get(120, TimeUnit.SECONDS);
        assertThat(result.exitCode()).as(result.all()).isEqualTo(1);
        assertThat(result.messages())
                .contains("Error PD3020: Guest not ready", "guests.yaml:2:7", "It has ended, and was still waited for.")
                .doesNotContain("Exception", "This is a bug");

        assertThat(shell.run("-c", uri, "plan", playbook).output()).contains("state: \"inactive\" -> \"active\"");
        var again = apply(guest);
        assertThat(again.exitCode()).as(again.all()).isZero();
        isInSync();
    }

    @Test
    void whatNeverBecomesReadyIsToldWithWhatItSaidLast() {
        var result = apply("""
                - name: never
                  memory: 64 MiB
                  disks: [{file: %s, format: raw}]
                  channels: [org.qemu.guest_agent.0]
                  shutdown: {timeout: 1, force: true}
                  ready: {agent: yes, timeout: 10}
                """.formatted(EchoDisk.in(folder)));
        assertThat(result.exitCode()).as(result.all()).isEqualTo(1);
        assertThat(result.messages())
                .contains(
                        "Error PD3020: Guest not ready",
                        "guests.yaml:2:7",
                        "After 10 seconds it still lacks its agent.",
                        "The last that it wrote to its serial console:\n    " + EchoDisk.HELLO,
                        "ready: {timeout: ...}")
                .doesNotContain("taken back");
        isInSync();

        // It is as declared, and an apply does not take that for ready.
        var again = shell.run("-c", uri, "apply", playbook, "--auto-approve");
        assertThat(again.exitCode()).as(again.all()).isEqualTo(1);
        assertThat(again.output()).contains("No changes.", "Apply incomplete.");
        assertThat(again.messages()).contains("PD3020");
        assertThat(shell.run("-c", uri, "vm", "start", "never", "--wait").messages())
                .contains("PD3020");

        var without = apply("""
                - name: never
                  memory: 64 MiB
                  disks: [{file: %s, format: raw}]
                  channels: [org.qemu.guest_agent.0]
                  shutdown: {timeout: 1, force: true}
                """.formatted(EchoDisk.in(folder)));
        assertThat(without.exitCode()).as(without.all()).isZero();
        isInSync();
    }
}
