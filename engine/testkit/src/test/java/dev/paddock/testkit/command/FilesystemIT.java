package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a guest sees of disks and shared folders, and what the host sees of what it writes there. */
@Timeout(300)
class FilesystemIT {
    private static final String SHARE = "/var/lib/libvirt/images/share";

    private static final String PLAYBOOK = """
            - project: filesystem
              vms:
                - name: shares
                  image: tiny
                  memory: 192 MiB
                  channels: [{name: dev.paddock.agent.0}]
                  disks: [{size: 64 MiB}, {target: vdx, size: 32 MiB, readonly: yes}]
                  shares:
                    - {source: %1$s, target: work}
                    - {source: %1$s, target: look, readonly: yes}
                  shutdown: {timeout: 20, force: true}
            """.formatted(SHARE);

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));

    @AfterEach
    void nothingIsLeft() throws Exception {
        var gone = shell.run(
                "-c", Labs.uri(), "destroy", folder.resolve("f.yaml") + "", "--allow-data-loss", "--auto-approve");
        assertThat(gone.exitCode()).as(gone.all()).isZero();
        host("rm -rf " + SHARE);
    }

    private static String host(String script) throws Exception {
        return Labs.shared().capture(List.of("sh", "-c", script)).toString();
    }

    private Shell.Result guest(String script) {
        return shell.run("-c", Labs.uri(), "exec", "shares", "--", "sh", "-c", script);
    }

    @Test
    void disksAndSharesAreSeenFromBothSides() throws Exception {
        shell = new Shell(new LibvirtConnector(), folder);
        host("mkdir -p " + SHARE + " && chmod 0777 " + SHARE + " && echo from the host >" + SHARE + "/hello");
        shell.applied("-c", Labs.uri(), shell.file("f.yaml", PLAYBOOK));
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!shell.run("-c", Labs.uri(), "vm", "info", "shares").output().contains("agent.0 connected")) {
            assertThat(System.nanoTime()).as("the agent").isLessThan(deadline);
            Thread.sleep(200);
        }

        var shared = guest("cat /work/hello /look/hello && echo from the guest >/work/answer");
        assertThat(shared.output()).as(shared.all()).isEqualTo("from the host\nfrom the host\n");
        assertThat(host("cat " + SHARE + "/answer")).contains("from the guest");
        assertThat(guest("echo no >/look/answer").exitCode()).isNotZero();

        // A link that leads out of the share leads to a place within the guest.
        host("ln -s /etc/machine-id " + SHARE + "/out");
        assertThat(guest("cat /work/out").output()).isNotEqualTo(host("cat /etc/machine-id"));

        var disk = guest("printf 'on the disk' | dd of=/dev/vda bs=1M seek=60 conv=fsync 2>/dev/null"
                + " && dd if=/dev/vda bs=1M skip=60 count=1 2>/dev/null | head -c 11");
        assertThat(disk.output()).as(disk.all()).isEqualTo("on the disk");
        assertThat(guest("printf x | dd of=/dev/vdb conv=fsync").exitCode()).isNotZero();
    }
}
