package dev.paddock.host.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The terminal of this process in raw mode, which passes on every key, until closed. */
public final class RawTerminal implements AutoCloseable {
    private final Optional<String> before;
    private final Thread atEnd = new Thread(this::restore);

    private RawTerminal(Optional<String> before) {
        this.before = before;
        before.ifPresent(settings -> Runtime.getRuntime().addShutdownHook(atEnd));
    }

    /** Enter raw mode; no effect if the input is not a terminal. */
    public static RawTerminal enter() {
        var before = stty("-g");
        if (before.isPresent()) {
            stty("raw", "-echo");
        }
        return new RawTerminal(before);
    }

    private static Optional<String> stty(String... arguments) {
        try {
            var process = new ProcessBuilder(Stream.concat(Stream.of("stty"), Stream.of(arguments))
                            .toList())
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException noTerminal) {
            return Optional.empty();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void restore() {
        before.ifPresent(RawTerminal::stty);
    }

    @Override
    public void close() {
        restore();
        before.ifPresent(settings -> Runtime.getRuntime().removeShutdownHook(atEnd));
    }
}
