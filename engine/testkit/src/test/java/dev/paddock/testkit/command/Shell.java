package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.CommandLineRun;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.Console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The command as a person calls it, in this process, with files in a folder of its own. */
final class Shell {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HostConnector hosts;
    private final Path folder;

    Shell(HostConnector hosts, Path folder) {
        this.hosts = hosts;
        this.folder = folder;
    }

    /** Return the same files before other hosts. */
    Shell at(HostConnector others) {
        return new Shell(others, folder);
    }

    /** Write a file, and return its path as an argument. */
    String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String path(String name) {
        return folder.resolve(name).toString();
    }

    /** Run without a terminal. */
    Result run(String... arguments) {
        return run("", Set.of(), arguments);
    }

    /** Run at a terminal, and answer what is asked. */
    Result answering(String answer, String... arguments) {
        return run(answer + "\n", Set.of(Terminal.INPUT, Terminal.OUTPUT, Terminal.MESSAGES), arguments);
    }

    private Result run(String input, Set<Terminal> terminals, String... arguments) {
        var output = new ByteArrayOutputStream();
        var messages = new ByteArrayOutputStream();
        var console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(output, false, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                terminals,
                true);
        var bugs = folder.resolve("bugs");
        var exitCode = CommandLineRun.of(console, () -> hosts, bugs).run(List.of(arguments));
        console.flush();
        assertThat(reports(bugs)).as("reports of bugs").isEmpty();
        return new Result(exitCode, output.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
    }

    private static List<String> reports(Path bugs) {
        if (!Files.exists(bugs)) {
            return List.of();
        }
        try (var files = Files.list(bugs)) {
            List<String> found = new ArrayList<>();
            for (var file : files.toList()) {
                found.add(Files.readString(file));
            }
            return found;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Plan, apply, and see that nothing is left to do. */
    void applied(String... arguments) {
        var apply = run(with("apply", arguments, "--auto-approve"));
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        inSync(arguments);
    }

    void inSync(String... arguments) {
        var plan = run(with("plan", arguments, "--detailed-exitcode"));
        assertThat(plan.exitCode()).as(plan.all()).isZero();
    }

    private static String[] with(String command, String[] arguments, String option) {
        return Stream.of(List.of(command), List.of(arguments), List.of(option))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    /** What a run printed, and how it ended. */
    record Result(int exitCode, String output, String messages) {
        String all() {
            return output + messages;
        }

        JsonNode json() {
            try {
                return JSON.readTree(output);
            } catch (IOException malformed) {
                throw new AssertionError("No JSON: " + output, malformed);
            }
        }
    }
}
