package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.testkit.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that are kept in a file and applied later. */
@Timeout(60)
class SavedPlanTest {
    private static final String PLAYBOOK = """
            - vars: {subnet: 10.1.0}
              networks:
                - {name: a, address: "${subnet}.1/24"}
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell shell;
    private String file = "";
    private String plan = "";

    @BeforeEach
    void files() {
        shell = new Shell(host, folder);
        file = shell.file("a.yaml", PLAYBOOK);
        plan = shell.path("a.plan");
    }

    private Shell.Result save(String... more) {
        var arguments = new java.util.ArrayList<>(java.util.List.of("plan", file, "--out", plan));
        arguments.addAll(java.util.List.of(more));
        var saved = shell.run(arguments.toArray(String[]::new));
        assertThat(saved.exitCode()).as(saved.all()).isZero();
        return saved;
    }

    @Test
    void itIsAppliedOnceAndWithoutAQuestion() {
        assertThat(save().messages()).contains("paddock apply " + plan);
        var first = shell.run("apply", plan);
        assertThat(first.exitCode()).as(first.all()).isZero();
        shell.inSync(file);
        var second = shell.run("apply", plan);
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.messages()).contains("PD2004");
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        save();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(plan))))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsRefusedWhenTheHostHasMoved() {
        save();
        try (var writer = host.writer("")) {
            writer.perform(new Action.Define(new ResourceId("network", "a"), "<network><name>a</name></network>"));
        }
        var before = host.performed();
        var apply = shell.run("apply", plan);
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.messages()).contains("PD2004", "Nothing was changed.");
        assertThat(host.performed()).isEqualTo(before);
    }

    @Test
    void itIsRefusedWhenAFileHasChanged() {
        save();
        shell.file("a.yaml", PLAYBOOK.replace("10.1.0", "10.2.0"));
        assertThat(shell.run("apply", plan).messages()).contains("PD2004");
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void whatElseChangesOnTheHostDoesNotMatter() {
        save();
        try (var writer = host.writer("")) {
            writer.perform(new Action.Define(new ResourceId("network", "b"), "<network><name>b</name></network>"));
        }
        assertThat(shell.run("apply", plan).exitCode()).isZero();
    }

    @Test
    void itsOptionsCountAsTheyWereGiven() {
        save("-e", "subnet=10.3.0", "-e", "subnet=10.4.0", "-e", "subnet=10.3.0");
        assertThat(shell.run("apply", plan).exitCode()).isZero();
        shell.inSync(file, "-e", "subnet=10.3.0");
        save("--destroy");
        assertThat(shell.run("apply", plan).exitCode()).isZero();
        assertThat(host.objects("network")).isEmpty();
    }

    @Test
    void itsPathsHoldFromAnyFolder() throws IOException {
        var relative = Path.of("").toAbsolutePath().relativize(Path.of(file)).toString();
        assertThat(shell.run("plan", relative, "--out", plan).exitCode()).isZero();
        assertThat(Files.readString(Path.of(plan)))
                .contains('"' + Path.of(relative).toAbsolutePath().toString() + '"');
        assertThat(shell.run("apply", plan).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"paddock_plan\" : \"1\"",
                "{\"paddock_plan\" : \"2\", \"arguments\" : [], \"digest\" : {\"local\" : \"x\"}}",
                "{\"paddock_plan\" : \"1\", \"arguments\" : [\"--no-such\"], \"digest\" : {\"local\" : \"x\"}}",
                "{\"paddock_plan\" : \"1\", \"arguments\" : [\"--lab\"], \"digest\" : {\"local\" : \"x\"}}",
                "{\"paddock_plan\" : \"1\", \"arguments\" : [], \"digest\" : {\"local\" : \"x\"}}",
                "{\"paddock_plan\" : \"1\", \"arguments\" : {\"a\" : [1]}, \"digest\" : [\"x\"]}",
                "{\"paddock_plan\" : [\"1\"], \"arguments\" : \"a\", \"digest\" : {\"local\" : {\"a\" : \"b\"}}}",
            })
    void aDamagedFileIsRefused(String content) {
        var apply = shell.run("apply", shell.file("bad.plan", content));
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.messages()).contains("PD2005", "Plan again");
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void everyCutOfAFileIsRefusedOrStale() throws IOException {
        save();
        var whole = Files.readString(Path.of(plan));
        for (var length = 30; length < whole.length() - 2; length += 7) {
            var apply = shell.run("apply", shell.file("cut.plan", whole.substring(0, length)));
            assertThat(apply.exitCode()).as(whole.substring(0, length)).isEqualTo(1);
        }
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeThePlan() {
        var failed = shell.run("plan", file, "--out", shell.path("none/a.plan"));
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.messages()).contains("PD1008", "none/a.plan");
    }
}
