package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planned for images. */
class ImagePlanTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    private final MemoryHost host = new MemoryHost();
    private Shell shell = new Shell(host, Path.of("."));

    @BeforeEach
    void files() {
        shell = new Shell(host, folder);
    }

    @Test
    void anImageIsMadeOnceAndStays() {
        var playbook = shell.file("a.yaml", "- images: [{name: tiny, build: tiny}]");
        var plan = shell.run("plan", playbook);
        assertThat(plan.output()).contains("+ image/tiny-", "+ build: tiny, revision 1", "2 to add");
        shell.applied(playbook);

        assertThat(shell.run("destroy", playbook, "--auto-approve").output()).contains("0 destroyed");
        shell.inSync(playbook);
        var empty = shell.file("b.yaml", "- {project: default, networks: []}");
        assertThat(shell.run("apply", empty, "--prune", "--auto-approve").exitCode())
                .isZero();
        shell.inSync(playbook);
    }

    @Test
    void anotherRevisionIsMadeBesideTheFirst() {
        shell.applied(shell.file("a.yaml", "- images: [{name: tiny, build: tiny}]"));
        shell.applied(shell.file("b.yaml", "- images: [{name: tiny, build: tiny, revision: 2}]"));
        assertThat(host.objects("image")).hasSize(2);
    }

    @Test
    void twoProjectsThatAskForTheSameShareIt() {
        shell.applied(shell.file("a.yaml", """
                - project: one
                  images: [{name: web, url: "https://example.org/web.qcow2", sha256: %s}]
                - project: two
                  images: [{name: web, url: "https://mirror.example.org/web.qcow2", sha256: %s}]
                """.formatted(SHA256, SHA256.toUpperCase(java.util.Locale.ROOT))));
        assertThat(host.objects("image")).containsOnlyKeys("web-0123456789ab");
    }

    @Test
    void aFileOfThisComputerIsKnownByItsContent() throws Exception {
        var playbook = shell.file("a.yaml", "- images: [{name: golden, path: golden.raw, format: raw}]");
        var missing = shell.run("plan", playbook);
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.messages()).contains("PD1001", "a.yaml:1:", "it is not there");

        Files.writeString(folder.resolve("golden.raw"), "one");
        shell.applied(playbook);
        Files.writeString(folder.resolve("golden.raw"), "another");
        assertThat(shell.run("plan", playbook).output()).contains("+ image/golden-", "golden.raw");
    }

    @Test
    void mistakesAreToldWithTheirPlaces() {
        var run = shell.run("validate", shell.file("a.yaml", """
                - images:
                    - {name: one}
                    - {name: two, build: tiny, path: disk.raw}
                    - {name: three, url: "https://example.org/three"}
                    - {name: four, build: tiny, sha256: %s}
                    - {name: five, build: tinny}
                    - {name: "a b", build: tiny}
                    - {name: six, build: tiny, state: absent}
                """.formatted(SHA256)));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.messages())
                .contains(
                        "a.yaml:2:7",
                        "does not say where it comes from",
                        "a.yaml:3:32",
                        "'build' already",
                        "A download without a checksum could be anything",
                        "means nothing of an image with 'build'",
                        "'tinny' is none of",
                        "a name of an image",
                        "Unknown key 'state'");
    }

    @Test
    void whatStandsInAUrlBesideThePathIsNotShown() {
        var playbook = shell.file(
                "a.yaml",
                "- images: [{name: web, url: \"https://me:hunter2@example.org/web?token=hunter3\", sha256: " + SHA256
                        + "}]");
        assertThat(shell.run("plan", playbook).all())
                .contains("download: https://example.org/web")
                .doesNotContain("hunter");
        assertThat(shell.run("plan", playbook, "-o", "json").all()).doesNotContain("hunter");
    }

    @Test
    void imagesAreNotImported() {
        shell.applied(shell.file("a.yaml", "- images: [{name: tiny, build: tiny}]"));
        assertThat(shell.run("import").output()).doesNotContain("images:");
        assertThat(shell.run("show", "images").output()).contains("image/tiny-");
    }
}
