package dev.paddock.host.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * A program to run to its end, with its arguments. No shell is involved: arguments are passed literally.
 *
 * @param environment variables in addition to those of this process
 * @param limit how long it may take before it is killed
 */
public record Program(List<String> command, Map<String, String> environment, Duration limit) {
    /** For a program that runs until something else ends it. */
    public static final Duration NO_LIMIT = ExecuteWatchdog.INFINITE_TIMEOUT_DURATION;

    public Program {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("A program has a name.");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public static Program of(String... command) {
        return new Program(List.of(command), Map.of(), Duration.ofSeconds(30));
    }

    public Program withLimit(Duration newLimit) {
        return new Program(command, environment, newLimit);
    }

    public Program withEnvironment(Map<String, String> newEnvironment) {
        return new Program(command, newEnvironment, limit);
    }

    /** Run it with empty input, and capture its output. */
    public ProcessResult run() {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        return run(new PumpStreamHandler(output, errors), output, errors);
    }

    /** Run it with this input, and capture its output. */
    public ProcessResult runReading(InputStream input) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        return run(new PumpStreamHandler(output, errors, input), output, errors);
    }

    /** Run it with empty input, and pass on its output and errors at once. */
    public ProcessResult runShowing(OutputStream sink) {
        return runShowing(sink, sink);
    }

    /** Run it with empty input, and pass on its output and errors at once, separately. */
    public ProcessResult runShowing(OutputStream output, OutputStream errors) {
        return run(new PumpStreamHandler(output, errors), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    private ProcessResult run(
            ExecuteStreamHandler streams, ByteArrayOutputStream output, ByteArrayOutputStream errors) {
        var executor =
                DefaultExecutor.builder().setExecuteStreamHandler(streams).get();
        var watchdog = ExecuteWatchdog.builder().setTimeout(limit).get();
        executor.setWatchdog(watchdog);
        executor.setExitValues(null);
        var line = new CommandLine(command.getFirst());
        command.stream().skip(1).forEach(argument -> line.addArgument(argument, false));
        var variables = new HashMap<>(System.getenv());
        variables.putAll(environment);
        try {
            var exitCode = executor.execute(line, variables);
            if (watchdog.killedProcess()) {
                return new ProcessResult.TimedOut(limit);
            }
            return new ProcessResult.Ended(
                    exitCode, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            return watchdog.killedProcess()
                    ? new ProcessResult.TimedOut(limit)
                    : new ProcessResult.NotStarted(
                            "%s cannot be run: %s".formatted(command.getFirst(), failure.getMessage()));
        }
    }

    /**
     * Run it with the terminal, files or pipes of this process, without a time limit.
     *
     * @return its exit code, as a shell returns it
     * @throws IOException if it cannot be started
     */
    public int runInPlace() throws IOException {
        // Commons Exec copies streams, and a copied stream is not a terminal.
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        var process = builder.start();
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException interruption) {
                process.destroy();
            }
        }
    }

    /** Return whether a program of that name is in one of Debian's folders or on the path. */
    public static boolean isInstalled(String name) {
        return Executables.find(name).isPresent();
    }
}
