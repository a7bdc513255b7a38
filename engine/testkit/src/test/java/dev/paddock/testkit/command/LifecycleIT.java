package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a guest from a template: made, changed, stopped, killed, removed, and made again. */
@Timeout(300)
class LifecycleIT {
    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private String uri = "";

    @BeforeEach
    void lab() {
        uri = Labs.uri();
        shell = new Shell(new LibvirtConnector(), folder);
    }

    @AfterEach
    void nothingIsLeft() {
        shell.run("-c", uri, "destroy", file("256 MiB", "64 MiB", "running"), "--allow-data-loss", "--auto-approve");
    }

    private String file(String memory, String size, String state) {
        return shell.file("life.yaml", """
            - project: lifecycle
              networks:
                - {name: life, bridge: br-life, address: 192.168.72.1/24, dhcp: 192.168.72.10-192.168.72.99}
              templates:
                - name: base
                  image: tiny
                  memory: %s
                  channels: [{name: dev.paddock.agent.0}]
                  networks: {name: life, address: 192.168.72.20, filter: clean-traffic}
                  disks: [{size: %s}]
                  shutdown: {timeout: 20, force: true}
              vms:
                - {name: life, template: base, state: %s}
            """.formatted(memory, size, state));
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    private String info() {
        return shell.run("-c", uri, "vm", "info", "life").output();
    }

    private String emulator() throws Exception {
        return Labs.shared()
                .capture(List.of("sh", "-c", "cat /run/libvirt/qemu/life.pid"))
                .toString();
    }

    @Test
    void aGuestLivesAsItIsDeclared() throws Exception {
        shell.applied("-c", uri, file("256 MiB", "64 MiB", "running"));
        await(() -> info().contains("dev.paddock.agent.0 connected"), "the agent");
        await(() -> info().contains("192.168.72.20"), "the reserved address");
        var process = emulator();

        // A disk grows, and memory changes, in the guest that runs.
        shell.applied("-c", uri, file("224 MiB", "96 MiB", "running"));
        assertThat(emulator()).isEqualTo(process);
        var size = shell.run("-c", uri, "exec", "life", "--", "cat", "/sys/block/vda/size");
        assertThat(size.output()).as(size.all()).isEqualTo((96L << 20) / 512 + "\n");
        shell.applied("-c", uri, file("224 MiB", "96 MiB", "paused"));
        assertThat(info()).contains("paused");
        shell.applied("-c", uri, file("224 MiB", "96 MiB", "running"));
        assertThat(emulator()).isEqualTo(process);

        // A disk that shrinks would lose data.
        var smaller = shell.run("-c", uri, "plan", file("224 MiB", "64 MiB", "running"));
        assertThat(smaller.output()).contains("keeps its data, and stays as it was made");

        shell.applied("-c", uri, file("224 MiB", "96 MiB", "stopped"));
        assertThat(info()).contains("stopped");
        shell.applied("-c", uri, file("224 MiB", "96 MiB", "running"));

        // Somebody ends its QEMU.
        Labs.shared().capture(List.of("sh", "-c", "kill -9 $(cat /run/libvirt/qemu/life.pid)"));
        await(() -> !info().contains("running"), "the end of QEMU");
        var plan = shell.run("-c", uri, "plan", file("224 MiB", "96 MiB", "running"));
        assertThat(plan.output()).contains("vm/life", "inactive", "active");
        shell.applied("-c", uri, file("224 MiB", "96 MiB", "running"));

        // What is destroyed leaves its disk, unless that is consented to.
        var kept = shell.run("-c", uri, "destroy", file("224 MiB", "96 MiB", "running"), "--auto-approve");
        assertThat(kept.exitCode()).as(kept.all()).isZero();
        assertThat(kept.messages()).contains("volume/paddock/life-vda.qcow2 holds data, and stays.");
        var again = shell.run("-c", uri, "plan", file("224 MiB", "96 MiB", "running"));
        assertThat(again.output()).contains("+ vm/life").doesNotContain("+ volume/", "+ image/", "+ storage/");
        var gone = shell.run(
                "-c", uri, "destroy", file("224 MiB", "96 MiB", "running"), "--allow-data-loss", "--auto-approve");
        assertThat(gone.exitCode()).as(gone.all()).isZero();
        assertThat(gone.output()).contains("- volume/paddock/life-vda.qcow2");
    }
}
