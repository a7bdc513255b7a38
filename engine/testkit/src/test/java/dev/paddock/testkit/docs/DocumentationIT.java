package dev.paddock.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.docs.Page.Block;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of all pages, as a reader would follow them: from top to bottom, in a folder and a lab of their own.
 *
 * <p>A block with the name of a file is that file. Of a {@code console} block each line after a {@code $} is run, and has
 * to print what stands below it. Of a {@code sh} block each line is run, and has to succeed.
 */
@Timeout(600)
class DocumentationIT {
    private static final String GATE = "./test";

    /** What a reader finds in the folder of the checkout. */
    private static final List<String> OURS = List.of("paddock", "test", "playbooks", "networks");

    @TempDir
    Path folder;

    private record Example(String command, List<String> output) {}

    private record Call(int exitCode, String output) {}

    static Stream<Page> pages() {
        return Page.all().stream().filter(page -> page.blocks().stream()
                .anyMatch(block ->
                        block.language().equals("console") || block.language().equals("sh")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theExamplesDoWhatThePageSays(Page page) throws Exception {
        for (var name : OURS) {
            Files.createSymbolicLink(folder.resolve(name), Page.HOME.resolve(name));
        }
        // Before, so that no page has to tell of it.
        if (page.blocks().stream().anyMatch(block -> block.text().contains("lab"))) {
            assertThat(call("paddock lab start").exitCode()).isZero();
        }
        try {
            for (var block : page.blocks()) {
                follow(block);
            }
        } finally {
            assertThat(call("paddock lab stop").exitCode()).isZero();
            for (var name : OURS) {
                Files.delete(folder.resolve(name));
            }
        }
    }

    private void follow(Block block) throws Exception {
        if (!block.name().isEmpty()) {
            Files.writeString(folder.resolve(block.name()), block.text());
        } else if (block.language().equals("sh")) {
            for (var line : block.text().lines().toList()) {
                succeeds(line);
            }
        } else if (block.language().equals("console")) {
            for (var example : examples(block)) {
                var printed = call(example.command()).output();
                assertThat(comparable(printed))
                        .as(example.command())
                        .isEqualTo(comparable(String.join("\n", example.output())));
            }
        }
    }

    private void succeeds(String line) throws Exception {
        // The gate runs this test, so it is not run by it.
        if (line.equals(GATE)) {
            assertThat(folder.resolve("test")).isExecutable();
            return;
        }
        var call = call(line);
        assertThat(call.exitCode()).as("%s%n%s", line, call.output()).isZero();
    }

    private static List<Example> examples(Block block) {
        var examples = new ArrayList<Example>();
        for (var line : block.text().lines().toList()) {
            if (line.startsWith("$ ")) {
                examples.add(new Example(line.substring(2), new ArrayList<>()));
            } else {
                assertThat(examples).as("a command before: %s", line).isNotEmpty();
                examples.getLast().output().add(line);
            }
        }
        return examples;
    }

    /** Leave out what differs from run to run and from machine to machine: time, and where the lab is. */
    private static String comparable(String text) {
        return text.replaceAll("after [0-9.]+s", "after 0.1s")
                .replaceAll("\\?socket=\\S+/default/run/libvirt-sock", "?socket=LAB")
                .stripTrailing();
    }

    private Call call(String line) throws IOException, InterruptedException {
        var output = folder.resolve(".output");
        var builder = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PADDOCK_LAB_DIR", Labs.folder().toString());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        var process = builder.start();
        assertThat(process.waitFor(250, TimeUnit.SECONDS)).as(line).isTrue();
        return new Call(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
