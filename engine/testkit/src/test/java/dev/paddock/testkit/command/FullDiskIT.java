package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks without room: paddock's own, in a mount namespace of its process, and the host's, in the lab's. */
@Timeout(120)
class FullDiskIT {
    private static final Lab LAB = Labs.lab("full");

    private static final String FIRST = """
            - project: full
              nwfilters:
                - {name: base, rules: [{action: accept, direction: in, tcp: {dstport: 80}}]}
                - {name: top, rules: [{filterref: base}]}
              networks:
                - {name: runs, bridge: br-runs, address: 10.77.0.1/24, mtu: 1400}
                - {name: idle, bridge: br-idle, address: 10.78.0.1/24, state: inactive}
            """;

    private static final String SECOND = FIRST.replace("80}", "81}")
            .replace("{filterref: base}", "{filterref: base}, {action: drop, direction: in, all: {}}")
            .replace("1400", "1300")
            .replace("10.78.0.1", "10.78.0.2");

    /** Runs a command where the folder is a disk that holds a few bytes, and tells what is left in it. */
    private static final String ON_A_FULL_DISK = """
            mount -t tmpfs -o size=8k tmpfs "$0" || exit 99
            echo former > "$0/former"
            head -c 4000 /dev/zero > "$0/zeros"
            "$@"
            code=$?
            echo "left: $(ls -A "$0" | tr '\\n' ' ')"
            cat "$0/former"
            exit $code
            """;

    @TempDir
    Path folder;

    private Path disk = Path.of(".");
    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));

    @BeforeAll
    static void start() throws Exception {
        LAB.start();
    }

    @AfterAll
    static void stop() throws Exception {
        LAB.stop();
    }

    @BeforeEach
    void folders() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
        shell = new Shell(new LibvirtConnector(), folder);
    }

    private Shell.Result onAFullDisk(List<String> options, String... arguments) {
        var before = List.of("unshare", "--mount", "sh", "-c", ON_A_FULL_DISK, disk.toString());
        try (var paddock = Paddock.start(folder, before, options, arguments)) {
            return quiet(paddock.end());
        }
    }

    private static Shell.Result quiet(Shell.Result result) {
        assertThat(result.all()).doesNotContain("Exception", "This is a bug", "    at ");
        return result;
    }

    @Test
    void aPlanThatCannotBeSavedLeavesTheFormerOne() {
        var file = shell.file("a.yaml", FIRST);
        var run =
                onAFullDisk(List.of(), "-c", LAB.endpoint().uri(), "plan", file, "--out", disk.resolve("former") + "");
        assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
        assertThat(run.messages()).contains("PD1008", "cannot be saved", "No space left on device", "has room");
        assertThat(run.output()).contains("left: former zeros", "former\n");
    }

    @Test
    void aLabThatCannotBePreparedLeavesNothing() {
        var before = List.of(
                "unshare", "--mount", "sh", "-c", ON_A_FULL_DISK, disk.toString(), "env", "PADDOCK_LAB_DIR=" + disk);
        try (var paddock = Paddock.start(folder, before, List.of(), "lab", "start")) {
            var run = quiet(paddock.end());
            assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
            assertThat(run.messages()).contains("PD4002", "No space left on device", "PADDOCK_LAB_DIR");
            assertThat(run.output()).contains("left: default.lock former zeros", "former\n");
        }
    }

    @Test
    void aLibraryThatCannotBeUnpackedIsNoBug() {
        var file = shell.file("a.yaml", FIRST);
        var run = onAFullDisk(
                List.of("-Djna.tmpdir=" + disk), "-c", LAB.endpoint().uri(), "plan", file);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
        assertThat(run.messages()).contains("PD3001", "No space left on device", "room in " + disk);
    }

    @Test
    void outputThatIsLostIsTold() {
        var file = shell.file("a.yaml", FIRST);
        var before = List.of("sh", "-c", "\"$0\" \"$@\" > /dev/full");
        try (var paddock = Paddock.start(
                folder, before, List.of(), "-c", LAB.endpoint().uri(), "plan", file, "--detailed-exitcode")) {
            var run = quiet(paddock.end());
            assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
            assertThat(run.messages()).contains("PD1008", "No space left on device");
        }
        var enough = List.of("bash", "-o", "pipefail", "-c", "\"$0\" \"$@\" | head -n 1");
        try (var paddock = Paddock.start(folder, enough, List.of(), "schema")) {
            var run = quiet(paddock.end());
            assertThat(run.exitCode()).as(run.all()).isZero();
            assertThat(run.messages()).isEmpty();
        }
    }

    @Test
    void aHostWithoutRoomRefusesAndConvergesWhenThereIsSome() throws Exception {
        var uri = LAB.endpoint().uri();
        shell.applied("-c", uri, shell.file("a.yaml", FIRST));
        var second = shell.file("b.yaml", SECOND);
        var folders = "/etc/libvirt/qemu/networks /etc/libvirt/nwfilter";
        inside("for d in " + folders
                + "; do mount -t tmpfs -o size=4k tmpfs $d && head -c 4096 /dev/zero > $d/zeros; done");
        var refused = quiet(shell.run("-c", uri, "apply", second, "--auto-approve"));
        inside("umount " + folders);
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        assertThat(refused.messages())
                .contains(
                        "PD3004",
                        "Defining nwfilter/base failed: cannot write data",
                        "No space left on device",
                        "Make room on the host",
                        "nwfilter/top was not touched")
                .doesNotContain("Nothing of it was changed");
        shell.applied("-c", uri, second);
        assertThat(shell.run("-c", uri, "destroy", second, "--auto-approve").exitCode())
                .isZero();
    }

    @Test
    void aHostWithoutRoomForAnImageKeepsNoHalfOfIt() throws Exception {
        var uri = LAB.endpoint().uri();
        var content = new byte[2 << 20];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("disk.raw"), content);
        var playbook = shell.file("images.yaml", "- images: [{name: big, path: disk.raw, format: raw}]");
        var pool = "/var/lib/libvirt/images/paddock";
        inside("mkdir -p " + pool + " && mount -t tmpfs -o size=1m,mode=711 tmpfs " + pool);
        var refused = quiet(shell.run("-c", uri, "apply", playbook, "--auto-approve"));
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        assertThat(refused.messages()).contains("PD3004", "Providing image/big-", "No space left on device");
        inside("test -z \"$(ls " + pool + "/*.raw 2>/dev/null)\"");

        inside("mount -o remount,size=8m " + pool);
        shell.applied("-c", uri, playbook);
        inside("cmp " + pool + "/big-*.raw " + folder.resolve("disk.raw"));
    }

    @Test
    void aPoolWithoutRoomIsToldAndTheNextApplyConverges() throws Exception {
        var uri = LAB.endpoint().uri();
        var playbook = shell.file("pool.yaml", """
                - storage: [{name: small, type: dir, target: /var/lib/libvirt/small}]
                  volumes:
                    - {name: fits.raw, pool: small, capacity: 64 KiB, allocation: 64 KiB}
                    - {name: large.raw, pool: small, capacity: 2 MiB, allocation: 2 MiB}
                  vms:
                    - name: cramped
                      type: qemu
                      memory: 64 MiB
                      state: stopped
                      disks: [{file: /var/lib/libvirt/small/large.raw, format: raw}]
                """);
        inside("mkdir -p /var/lib/libvirt/small && mount -t tmpfs -o size=1m,mode=711 tmpfs /var/lib/libvirt/small");
        var refused = quiet(shell.run("-c", uri, "apply", playbook, "--auto-approve"));
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        assertThat(refused.messages())
                .contains("PD3004", "volume/small/large.raw", "No space left on device")
                .contains("vm/cramped was not touched");
        inside("test -f /var/lib/libvirt/small/fits.raw && test ! -e /var/lib/libvirt/small/large.raw");

        inside("mount -o remount,size=8m /var/lib/libvirt/small");
        shell.applied("-c", uri, playbook);
        assertThat(shell.run("-c", uri, "destroy", playbook, "--allow-data-loss", "--auto-approve")
                        .exitCode())
                .isZero();
    }

    @Test
    void aCacheWithoutRoomIsTold() throws Exception {
        var content = new byte[1 << 20];
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
                exchange.close();
            });
            server.start();
            var before = List.of(
                    "unshare", "--mount", "sh", "-c", ON_A_FULL_DISK, disk.toString(), "env", "XDG_CACHE_HOME=" + disk);
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/disk.raw";
            try (var paddock = Paddock.start(
                    folder,
                    before,
                    List.of("-Djna.tmpdir=" + folder),
                    "-c",
                    LAB.endpoint().uri(),
                    "image",
                    "pull",
                    url,
                    "--sha256",
                    "0".repeat(64),
                    "--format",
                    "raw")) {
                var run = quiet(paddock.end());
                assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
                assertThat(run.messages()).contains("PD4104", "No space left on device", "XDG_CACHE_HOME");
            }
        } finally {
            server.stop(0);
        }
    }

    private static void inside(String script) throws Exception {
        var outcome = LAB.capture(List.of("sh", "-c", script));
        assertThat(outcome.isSuccess()).as(outcome.explanation()).isTrue();
    }
}
