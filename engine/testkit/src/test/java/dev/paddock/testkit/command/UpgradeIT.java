package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.Outcome;
import dev.paddock.testkit.lab.Labs;
import dev.paddock.testkit.lab.Releases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host that is upgraded to another release of Debian and started again: what the old libvirt kept is as it was declared
 * to the new one, guests and snapshots are there, and the keeper goes on with the pool.
 */
@Timeout(1_800)
class UpgradeIT {
    private static final String OLD = "bookworm";
    private static final String POOL = "up-lent";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String PLAYBOOK = """
            - project: upgrade
              networks:
                - {name: up-nat, address: 10.214.0.1/24, dhcp: 10.214.0.10-10.214.0.99, forward: nat, autostart: yes}
                - {name: up-idle, bridge: br-up-idle, address: 10.215.0.1/24, state: inactive}
              nwfilters:
                - name: up-web
                  rules:
                    - {filterref: clean-traffic}
                    - {action: accept, direction: in, tcp: {dstport: 80}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
              storage: [{name: up-pool, type: dir, target: /var/lib/libvirt/up-pool}]
              volumes:
                - {name: base.qcow2, pool: up-pool, capacity: 32 MiB, format: qcow2}
                - {name: over.qcow2, pool: up-pool, capacity: 32 MiB, format: qcow2, backing: /var/lib/libvirt/up-pool/base.qcow2}
              vms:
                - name: up-stopped
                  type: qemu
                  memory: 64 MiB
                  state: stopped
                  disks: [{file: /var/lib/libvirt/up-pool/over.qcow2}]
                  networks: {name: up-nat, filter: up-web}
                - name: up-kept
                  type: qemu
                  memory: 64 MiB
                  autostart: yes
                  disks: [{size: 16 MiB}]
                  networks: {name: up-nat, filter: up-web}
                  shutdown: {timeout: 1, force: true}
                  snapshots: [clean]
                - name: up-older
                  type: qemu
                  machine: pc
                  memory: 64 MiB
                  state: stopped
                  graphics: vnc
              pools:
                - name: up-lent
                  type: qemu
                  image: tiny
                  memory: 192 MiB
                  disks: [{size: 64 MiB}]
                  channels: [{name: dev.paddock.agent.0}, {name: dev.paddock.agent.1}]
                  serial_log: no
                  workspace: 16 MiB
                  networks: {name: up-nat, filter: up-web}
                  addresses: 10.214.0.164-10.214.0.165
                  warm: 1
                  max: 2
            """;

    /** Ends what runs, as a machine that is shut down does, and packs what stays on its disk. */
    private static final String PACK = """
            for guest in $(virsh -q list --name); do virsh -q destroy $guest; done
            for network in $(virsh -q net-list --name); do virsh -q net-destroy $network; done
            for share in /var/lib/libvirt/paddock/workspaces/*/share; do ! mountpoint -q $share || umount $share; done
            cd / && tar -cf FILE etc/libvirt/qemu etc/libvirt/nwfilter etc/libvirt/storage var/lib/libvirt
            """;

    /** Unpacks it where there is nothing yet, and has libvirtd find it as if the machine had just started. */
    private static final String UNPACK = """
            set -e
            rm -rf /etc/libvirt/nwfilter /var/lib/libvirt/*
            tar -xf FILE -C /
            rm -f /run/libvirt/*/autostarted
            kill -9 $(cat /run/libvirtd.pid)
            """;

    @TempDir
    Path folder;

    private final Lab before = Labs.lab("before");
    private final Lab after = Labs.lab("after");

    @AfterEach
    void stop() throws LabException {
        before.stop();
        after.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trixie", "forky"})
    void allIsAsDeclaredAfterIt(String release) throws Exception {
        var shell = new Shell(new LibvirtConnector(), folder);
        var playbook = shell.file("upgrade.yaml", PLAYBOOK);
        start(before, OLD);
        shell.applied("-c", uri(before), playbook);
        String lease;
        try (var keeper = serving(shell, before)) {
            lease = acquire(shell, before);
            inside(before, "kill $(cat /var/lib/libvirt/paddock/keeper/lock)");
            keeper.end();
        }
        inside(before, PACK.replace("FILE", folder.resolve("state.tar").toString()));
        before.stop();

        start(after, release);
        inside(after, UNPACK.replace("FILE", folder.resolve("state.tar").toString()));
        start(after, release);

        shell.inSync("-c", uri(after), playbook);
        shell.applied("-c", uri(after), playbook);
        succeeds(shell, after, "snapshot", "restore", "up-kept", "clean");
        succeeds(shell, after, "vm", "start", "up-stopped", "up-older");
        succeeds(shell, after, "vm", "stop", "--force", "--timeout", "1", "up-stopped", "up-older");
        try (var keeper = serving(shell, after)) {
            assertThat(shell.run("-c", uri(after), "exec", lease, "--", "true").messages())
                    .contains("PD7103");
            assertThat(acquire(shell, after)).isNotEqualTo(lease);
            inside(after, "kill $(cat /var/lib/libvirt/paddock/keeper/lock)");
            keeper.end();
        }
        shell.inSync("-c", uri(after), playbook);
    }

    private static String uri(Lab lab) {
        return lab.endpoint().uri();
    }

    /**
     * Start a lab with the libvirt of a release: the machine's own where it runs that, else one whose files are made if no
     * run made them before.
     */
    private void start(Lab lab, String release) {
        var here = List.of("env", "PADDOCK_LAB_DIR=" + Labs.folder());
        var command = Releases.isMachine(release)
                ? List.of("lab", "start", lab.name().text())
                : List.of(
                        "--yes",
                        "lab",
                        "start",
                        "--release",
                        release,
                        lab.name().text());
        try (var started = Paddock.start(folder, here, List.of(), command.toArray(String[]::new))) {
            var ended = started.end();
            assertThat(ended.exitCode()).as(ended.all()).isZero();
        }
    }

    private Paddock serving(Shell shell, Lab lab) throws Exception {
        var keeper = Paddock.start(
                folder,
                lab.command(List.of("sh", "-c", "\"$@\" 2>/var/log/libvirt/paddock.log", "sh")),
                List.of(),
                "serve");
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!isFull(shell, lab)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(100);
        }
        return keeper;
    }

    private static boolean isFull(Shell shell, Lab lab) {
        var status = shell.run("-c", uri(lab), "pool", "status", POOL, "-o", "json");
        return status.exitCode() == 0 && status.json().path("ready").asInt() == 1;
    }

    /** Borrow a guest, see that it works, and return the lease. */
    private static String acquire(Shell shell, Lab lab) {
        var lease = succeeds(shell, lab, "acquire", POOL).json().path("id").asText();
        assertThat(succeeds(shell, lab, "exec", lease, "--", "sh", "-c", "echo works")
                        .output())
                .isEqualTo("works\n");
        return lease;
    }

    private static Shell.Result succeeds(Shell shell, Lab lab, String... arguments) {
        var result = shell.run(
                Stream.concat(Stream.of("-c", uri(lab)), Stream.of(arguments)).toArray(String[]::new));
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result;
    }

    private static void inside(Lab lab, String script) throws LabException {
        var outcome = lab.capture(List.of("sh", "-c", script));
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
        assertThat(outcome).isInstanceOf(Outcome.Ended.class);
    }
}
