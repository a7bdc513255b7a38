package dev.paddock.host.guest;

/** How a command in a guest ended. */
public sealed interface ExitStatus {
    /** It ended by itself. */
    record Exited(int code) implements ExitStatus {}

    /** A signal ended it. */
    record Signaled(int signal) implements ExitStatus {}

    /** It took longer than it may, and all that it had started was killed. */
    record TimedOut() implements ExitStatus {}

    /**
     * It was not started.
     *
     * @param code what shells give: 127 when there is no such program, 126 when it cannot be run, 125 for the rest
     */
    record NotStarted(int code, String reason) implements ExitStatus {}

    /** Return the exit code that a shell gives for this. */
    default int exitCode() {
        return switch (this) {
            case Exited exited -> exited.code();
            case Signaled signaled -> 128 + signaled.signal();
            case TimedOut timedOut -> 124;
            case NotStarted notStarted -> notStarted.code();
        };
    }
}
