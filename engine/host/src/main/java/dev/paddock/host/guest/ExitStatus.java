package dev.paddock.host.guest;

/** How a command in a guest ended. */
public sealed interface ExitStatus {
    /** It exited. */
    record Exited(int code) implements ExitStatus {}

    /** It was ended by a signal. */
    record Signaled(int signal) implements ExitStatus {}

    /** It exceeded its time limit, and all its processes were killed. */
    record TimedOut() implements ExitStatus {}

    /**
     * It was not started.
     *
     * @param code the exit code of shells: 127 if there is no such program, 126 if it cannot be executed, 125 otherwise
     */
    record NotStarted(int code, String reason) implements ExitStatus {}

    /** Return the exit code that a shell would return. */
    default int exitCode() {
        return switch (this) {
            case Exited exited -> exited.code();
            case Signaled signaled -> 128 + signaled.signal();
            case TimedOut timedOut -> 124;
            case NotStarted notStarted -> notStarted.code();
        };
    }
}
