package dev.paddock.host.process;

import java.time.Duration;

/** The result of running a program. */
public sealed interface ProcessResult {

    /** It exited. The texts are its output, decoded as UTF-8. */
    record Ended(int exitCode, String output, String errors) implements ProcessResult {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** It exceeded its time limit and was killed. */
    record TimedOut(Duration limit) implements ProcessResult {}

    /** It could not be started. */
    record NotStarted(String reason) implements ProcessResult {}

    /** Return whether it exited with code 0. */
    default boolean isSuccess() {
        return this instanceof Ended ended && ended.succeeded();
    }

    /** Return what happened, for display: the program's error output, else its exit code. */
    default String explanation() {
        return switch (this) {
            case Ended ended ->
                ended.errors().isBlank()
                        ? "It ended with exit code " + ended.exitCode() + "."
                        : ended.errors().strip();
            case TimedOut timedOut ->
                "It did not end within " + timedOut.limit().toSeconds() + " seconds.";
            case NotStarted notStarted -> notStarted.reason();
        };
    }
}
