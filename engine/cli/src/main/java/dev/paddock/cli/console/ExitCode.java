package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Diagnostic;
import java.util.Collection;

/** The exit codes of the command, the same for all commands. */
public final class ExitCode {
    /** It did what was asked; with {@code --detailed-exitcode}, there is nothing to change. */
    public static final int OK = 0;

    /** It did not, or not all of it; what stood in the way was told. */
    public static final int FAILURE = 1;

    /** With {@code --detailed-exitcode}: there are changes. */
    public static final int CHANGES = 2;

    /** The host could not be reached, or the connection was lost. */
    public static final int UNREACHABLE = 3;

    /** The command line is not understood (EX_USAGE of sysexits.h): 2 already means changes. */
    public static final int USAGE = 64;

    /** A bug in paddock (EX_SOFTWARE of sysexits.h). */
    public static final int BUG = 70;

    /** Interrupted, as shells count it: 128 and the number of SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Return the exit code of a command that was told these. */
    public static int of(Collection<Diagnostic> diagnostics) {
        if (diagnostics.stream().anyMatch(ExitCode::isUnreachable)) {
            return UNREACHABLE;
        }
        return diagnostics.stream().anyMatch(Diagnostic::isError) ? FAILURE : OK;
    }

    private static boolean isUnreachable(Diagnostic diagnostic) {
        return switch (diagnostic.code()) {
            case HOST_UNREACHABLE, HOST_LOST, PERMISSION_DENIED -> diagnostic.isError();
            default -> false;
        };
    }
}
