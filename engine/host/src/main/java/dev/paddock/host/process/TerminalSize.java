package dev.paddock.host.process;

import java.util.Optional;

/** The size of a terminal in characters. */
public record TerminalSize(int rows, int columns) {

    /** Return the size of the terminal that this process was started on; empty if there is none. */
    public static Optional<TerminalSize> read() {
        return Program.of("stty", "-F", "/dev/tty", "size").run() instanceof ProcessResult.Ended ended
                        && ended.succeeded()
                ? parse(ended.output().strip().split(" ", -1))
                : Optional.empty();
    }

    private static Optional<TerminalSize> parse(String[] numbers) {
        try {
            return numbers.length == 2
                    ? Optional.of(new TerminalSize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])))
                    : Optional.empty();
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }
}
