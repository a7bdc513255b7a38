package dev.paddock.testkit.command;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged program in a process of its own, which can be killed. */
final class Paddock implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("paddock.home", "../.."))
            .resolve("engine/cli/target/paddock.jar")
            .toAbsolutePath();
    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final Path output;
    private final BufferedReader messages;
    private final List<String> read = new ArrayList<>();

    private Paddock(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.messages = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    static Paddock start(Path folder, String... arguments) {
        return start(folder, List.of(), List.of(), arguments);
    }

    /**
     * Start it by another program.
     *
     * @param before the program, which runs what follows
     * @param options more options for Java
     */
    static Paddock start(Path folder, List<String> before, List<String> options, String... arguments) {
        var command = new ArrayList<>(before);
        command.addAll(java(options));
        command.addAll(List.of(arguments));
        try {
            var output = Files.createTempFile(folder, "output", ".txt");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(output.toFile())
                    .start();
            return new Paddock(process, output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Start it at a terminal of its own, where it can be typed at; what it prints and tells is output. */
    static Paddock atATerminal(Path folder, String... arguments) {
        var line = new ArrayList<>(java(List.of("-Dpaddock.terminals=012")));
        line.addAll(List.of(arguments));
        try {
            var output = Files.createTempFile(folder, "terminal", ".txt");
            var words = line.stream().map(word -> "'" + word + "'").collect(java.util.stream.Collectors.joining(" "));
            var process = new ProcessBuilder(
                            "script", "--quiet", "--flush", "--return", "--command", words, "/dev/null")
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .start();
            return new Paddock(process, output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Press keys. */
    void types(String keys) {
        try {
            var keyboard = process.getOutputStream();
            keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Wait until this is among what was printed. */
    void awaitsOutput(String text) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        try {
            while (!Files.readString(output, StandardCharsets.ISO_8859_1).contains(text)) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new AssertionError(
                            "'" + text + "' is not printed: " + Files.readString(output, StandardCharsets.ISO_8859_1));
                }
                Thread.sleep(50);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> java(List<String> options) {
        // A shell that runs the tests in the background has them ignore SIGINT, and they whatever they start.
        var command = new ArrayList<>(List.of(
                "env",
                "--default-signal",
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", JAR.toString(), "dev.paddock.cli.Main"));
        return command;
    }

    /** Run to the end. */
    static Shell.Result run(Path folder, String... arguments) {
        try (var paddock = start(folder, arguments)) {
            return paddock.end();
        }
    }

    /** Wait until a message ends with this for the n-th time; return whether it did before the program ended. */
    boolean awaits(String end, int times) {
        var left = times;
        while (left > 0) {
            var line = line();
            if (line == null) {
                return false;
            }
            if (line.endsWith(end)) {
                left--;
            }
        }
        return true;
    }

    private @Nullable String line() {
        try {
            var line = messages.readLine();
            if (line != null) {
                read.add(line);
            }
            return line;
        } catch (IOException closed) {
            return null;
        }
    }

    /** Return what any user can see of its command line and that of its children, now. */
    static String commandLines() {
        try {
            var ps = new ProcessBuilder("ps", "-eww", "-o", "args").start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Press Ctrl-C. */
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Shell.Result end() {
        var rest = line();
        while (rest != null) {
            rest = line();
        }
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The program does not end: " + read);
            }
            return new Shell.Result(process.exitValue(), Files.readString(output), String.join("\n", read));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
