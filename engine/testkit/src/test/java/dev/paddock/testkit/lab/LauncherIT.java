package dev.paddock.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a person calls it, with a cache of its own. */
@Timeout(300)
class LauncherIT {
    private static final Path HOME = Path.of(System.getProperty("paddock.home", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Path LAUNCHER = HOME.resolve("paddock");
    private static final String LINE = "paddock " + System.getProperty("paddock.version", "") + "\n";

    @TempDir
    static Path scratch;

    @BeforeAll
    static void build() throws Exception {
        assertThat(call(Map.of(), HOME, "./paddock", "--version").exitCode()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        call(Map.of(), HOME, "./paddock", "lab", "stop", "launched");
    }

    @Test
    void itPrintsTheVersionOfTheBuild() throws Exception {
        assertThat(call(Map.of(), HOME, "./paddock", "--version").output()).isEqualTo(LINE);
    }

    @Test
    void itWorksThroughALinkFromAnotherFolder() throws Exception {
        var link = Files.createSymbolicLink(scratch.resolve("link"), LAUNCHER);
        var relative = Files.createSymbolicLink(scratch.resolve("relative"), Path.of("link"));

        assertThat(call(Map.of(), scratch, link.toString(), "--version").output())
                .isEqualTo(LINE);
        assertThat(call(Map.of(), scratch, "./relative", "--version").output()).isEqualTo(LINE);
        assertThat(relative).isSymbolicLink();
    }

    @Test
    void itWorksThroughThePath() throws Exception {
        var path = HOME + ":" + System.getenv("PATH");

        assertThat(call(Map.of("PATH", path), scratch, "sh", "-c", "paddock --version")
                        .output())
                .isEqualTo(LINE);
    }

    @Test
    void itStaysInTheFolderOfTheCaller() throws Exception {
        var call = call(Map.of(), scratch, LAUNCHER.toString(), "lab", "run", "launched", "--", "pwd");

        assertThat(call.output()).isEqualTo(scratch.toRealPath() + "\n");
    }

    @Test
    void theExitCodeOfAProgramComesThrough() throws Exception {
        assertThat(call(Map.of(), HOME, "./paddock", "lab", "run", "launched", "--", "sh", "-c", "exit 42")
                        .exitCode())
                .isEqualTo(42);
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        var call = call(
                Map.of("LANG", "C", "LC_ALL", ""),
                HOME,
                "./paddock",
                "lab",
                "run",
                "launched",
                "--",
                "printf",
                "%s|",
                "a b",
                "",
                "*",
                "$HOME",
                "jé",
                "--yes");

        assertThat(call.output()).isEqualTo("a b||*|$HOME|jé|--yes|");
    }

    @Test
    void aWrongJavaHomeIsPassedOver() throws Exception {
        assertThat(call(Map.of("JAVA_HOME", "/nonexistent"), HOME, "./paddock", "--version")
                        .output())
                .isEqualTo(LINE);
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver() throws Exception {
        var old = scratch.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        executable(old.resolve("bin/java"), "echo too old");

        assertThat(call(Map.of("JAVA_HOME", old.toString()), HOME, "./paddock", "--version")
                        .output())
                .isEqualTo(LINE);
    }

    @Test
    void withoutAnyHomeItRunsAllTheSame() throws Exception {
        assertThat(call(Map.of("HOME", "", "XDG_CACHE_HOME", ""), HOME, "./paddock", "--version")
                        .output())
                .isEqualTo(LINE);
    }

    @Test
    void aBrokenArchiveOfClassesIsNoticedByNobody() throws Exception {
        var cache = scratch.resolve("broken");
        var variables = Map.of("XDG_CACHE_HOME", cache.toString());
        call(variables, HOME, "./paddock", "--version");
        try (var files = Files.walk(cache)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".jsa")).toList()) {
                Files.writeString(file, "no archive");
            }
        }

        var call = call(variables, HOME, "./paddock", "lab", "list", "-o", "json");
        assertThat(call.exitCode()).isZero();
        assertThat(call.output()).startsWith("[");
        assertThat(call.messages()).isEmpty();
    }

    @Test
    void theCacheIsReadableByItsOwnerAlone() throws Exception {
        var cache = scratch.resolve("owned");
        call(Map.of("XDG_CACHE_HOME", cache.toString()), HOME, "./paddock", "--version");

        assertThat(Files.getPosixFilePermissions(cache.resolve("paddock"))).hasSize(3);
    }

    @Test
    void aMistakeOfTheCommandLineIsExplained() throws Exception {
        var call = call(Map.of(), HOME, "./paddock", "lab", "strat");

        assertThat(call.exitCode()).isEqualTo(64);
        assertThat(call.output()).isEmpty();
        assertThat(call.messages())
                .contains("PD1303", "Did you mean \"start\"?")
                .doesNotContain("\tat ");
    }

    @Test
    void doctorTellsAllItLookedAtAsJson() throws Exception {
        var call = call(Map.of(), HOME, "./paddock", "--lab=launched", "doctor", "-o", "json");

        assertThat(call.output()).contains("\"checks\"", "CPU virtualization", "bridge filtering");
    }

    private record Call(int exitCode, String output, String messages) {}

    private static Call call(Map<String, String> variables, Path folder, String... command) throws Exception {
        var merged = new HashMap<>(Map.of(
                "PADDOCK_LAB_DIR",
                Labs.folder().toString(),
                "XDG_CACHE_HOME",
                scratch.resolve("cache").toString()));
        merged.putAll(variables);
        var output = scratch.resolve("output");
        var messages = scratch.resolve("messages");
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(messages.toFile());
        builder.environment().putAll(merged);
        var process = builder.start();
        assertThat(process.waitFor(250, TimeUnit.SECONDS)).isTrue();
        return new Call(process.exitValue(), text(output), text(messages));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
