package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images on a real host: brought, interrupted, listed with their users, and removed. */
@Timeout(120)
class ImagesIT {
    private static final String PLAYBOOK = "- images: [{name: golden, path: golden.raw, format: raw}]";

    @TempDir
    Path folder;

    private Shell shell = new Shell(new LibvirtConnector(), Path.of("."));
    private String playbook = "";

    @BeforeEach
    void files() {
        shell = new Shell(new LibvirtConnector(), folder);
        playbook = shell.file("a.yaml", PLAYBOOK);
        image("prune", "--auto-approve");
    }

    /** Return what is listed of this test's own; guests of others may run of theirs. */
    private JsonNode golden() throws IOException {
        for (var listed : image("list", "-o", "json").json().path("images")) {
            if (listed.path("name").asText().startsWith("golden-")) {
                return listed;
            }
        }
        return MissingNode.getInstance();
    }

    @AfterEach
    void nothingIsLeft() {
        shell.run("-c", Labs.uri(), "image", "prune", "--auto-approve");
    }

    private void disk(int bytes) throws IOException {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(folder.resolve("golden.raw"), content);
    }

    private Shell.Result image(String... arguments) {
        var all = new ArrayList<>(List.of("-c", Labs.uri(), "image"));
        all.addAll(List.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    @Test
    void anImageThatIsUsedStaysAndOneThatIsNotIsRemoved() throws Exception {
        disk(1 << 20);
        shell.applied("-c", Labs.uri(), playbook);
        assertThat(golden().path("whole").asBoolean()).isTrue();
        var name = golden().path("name").asText();
        var disk = "/var/lib/libvirt/images/paddock/" + name + ".raw";
        assertThat(Labs.shared()
                        .capture(List.of("cmp", disk, folder.resolve("golden.raw") + ""))
                        .isSuccess())
                .isTrue();

        // A disk of a guest, in the same pool, which is nobody's image.
        var overlay = shell.file("b.yaml", """
                - volumes:
                    - {name: web-vda.qcow2, pool: paddock, capacity: 2 MiB, format: qcow2, backing: %s}
                """.formatted(disk));
        shell.applied("-c", Labs.uri(), overlay);
        assertThat(image("list").output()).containsPattern(name + " +1024 KiB +0m +volume/paddock/web-vda.qcow2");
        assertThat(image("prune", "--auto-approve").output()).contains("Every image is in use");

        shell.run("-c", Labs.uri(), "destroy", overlay, "--allow-data-loss", "--auto-approve");
        assertThat(image("prune").exitCode()).isEqualTo(64);
        assertThat(image("prune", "--auto-approve").output()).contains("Removed " + name);
        assertThat(Labs.shared().capture(List.of("ls", "-A", "/var/lib/libvirt/images/paddock")))
                .hasToString("Ended[exitCode=0, output=, errors=]");
    }

    @Test
    void anUploadThatWasKilledIsFinishedByTheNext() throws Exception {
        disk(64 << 20);
        try (var paddock = Paddock.start(folder, "-c", Labs.uri(), "apply", playbook, "--auto-approve")) {
            assertThat(paddock.awaits("uploading...", 1)).isTrue();
            paddock.kill();
            paddock.end();
        }
        assertThat(image("list").output()).contains("(unfinished)");
        assertThat(shell.run("-c", Labs.uri(), "plan", playbook).output()).contains("+ image/golden-");

        shell.applied("-c", Labs.uri(), playbook);
        assertThat(image("list").output()).doesNotContain("unfinished");
        assertThat(Labs.shared()
                        .capture(List.of(
                                "sh",
                                "-c",
                                "cmp /var/lib/libvirt/images/paddock/golden-*.raw " + folder.resolve("golden.raw")))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void aDownloadThatBreaksOffIsToldAndTheNextApplyGoesOn() throws Exception {
        disk(4 << 20);
        var content = Files.readAllBytes(folder.resolve("golden.raw"));
        var ranges = new ArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var range = exchange.getRequestHeaders().getOrDefault("Range", List.of("bytes=0-"));
            ranges.addAll(range);
            var from = Integer.parseInt(range.getFirst().replaceAll("[^0-9]", ""));
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
            // The first answer stops half-way.
            exchange.getResponseBody()
                    .write(content, from, ranges.size() == 1 ? content.length / 2 : content.length - from);
            exchange.close();
        });
        server.start();
        try {
            var sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            var file = shell.file("d.yaml", """
                    - images: [{name: golden, url: "http://127.0.0.1:%d/golden.raw", sha256: %s, format: raw}]
                    """.formatted(server.getAddress().getPort(), sum));
            var broken = apply(file);
            assertThat(broken.exitCode()).as(broken.all()).isEqualTo(1);
            assertThat(broken.messages())
                    .contains("Error PD4102", "d.yaml:1:12", "stopped after", "goes on where it stopped")
                    .doesNotContain("Exception", "This is a bug", "    at ");

            var whole = apply(file);
            assertThat(whole.exitCode()).as(whole.all()).isZero();
            assertThat(ranges).hasSize(2);
            assertThat(ranges.getLast()).isNotEqualTo("bytes=0-");
            shell.inSync("-c", Labs.uri(), file);
        } finally {
            server.stop(0);
        }
    }

    /** Apply with a cache of its own, so that nothing is there yet. */
    private Shell.Result apply(String file) {
        var before = List.of("env", "XDG_CACHE_HOME=" + folder);
        try (var paddock =
                Paddock.start(folder, before, List.of(), "-c", Labs.uri(), "apply", file, "--auto-approve")) {
            return paddock.end();
        }
    }

    @Test
    void aVolumeOfTheSameNameThatIsNoImageIsLeftAlone() throws Exception {
        disk(1 << 16);
        shell.applied("-c", Labs.uri(), playbook);
        var name = image("list", "-o", "json")
                .json()
                .path("images")
                .get(0)
                .path("name")
                .asText();
        image("prune", "--auto-approve");
        shell.applied("-c", Labs.uri(), shell.file("b.yaml", """
                - volumes: [{name: %s.raw, pool: paddock, capacity: 1 MiB}]
                """.formatted(name)));

        var refused = shell.run("-c", Labs.uri(), "apply", playbook, "--auto-approve");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.messages()).contains("PD3004", "was not made for this image", "See whose it is");
        shell.run("-c", Labs.uri(), "destroy", folder.resolve("b.yaml") + "", "--allow-data-loss", "--auto-approve");
    }
}
