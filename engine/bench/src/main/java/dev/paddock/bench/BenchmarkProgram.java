package dev.paddock.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A command line whose time is taken. */
record BenchmarkProgram(Path log, List<String> words) {
    BenchmarkProgram {
        words = List.copyOf(words);
    }

    /** Run it and return how long that took, in milliseconds. One that fails ends the benchmark. */
    double run() {
        try {
            var builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile());
            var start = System.nanoTime();
            var exitCode = builder.start().waitFor();
            var taken = System.nanoTime() - start;
            if (exitCode != 0) {
                throw new IllegalStateException(
                        String.join(" ", words) + " failed:\n" + String.join("\n", tail(Files.readAllLines(log))));
            }
            return taken / 1e6;
        } catch (IOException failure) {
            throw new IllegalStateException("[%s] cannot be run.".formatted(words.getFirst()), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", interruption);
        }
    }

    private static List<String> tail(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }
}
