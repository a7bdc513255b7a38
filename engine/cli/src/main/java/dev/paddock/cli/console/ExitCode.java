package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.session.HostFailure;
import java.util.Collection;

/** The exit codes of the command, the same for all commands. */
public final class ExitCode {
    /** Success. With {@code --detailed-exitcode}: there are no changes. */
    public static final int OK = 0;

    /** The command failed, at least in part. The diagnostics say why. */
    public static final int FAILURE = 1;

    /** With {@code --detailed-exitcode}: there are changes. */
    public static final int CHANGES = 2;

    /** The host cannot be reached, or the connection was lost. */
    public static final int UNREACHABLE = 3;

    /** The command line is invalid (EX_USAGE of sysexits.h; 2 already means changes). */
    public static final int USAGE = 64;

    /** A bug in Paddock (EX_SOFTWARE of sysexits.h). */
    public static final int BUG = 70;

    /** Interrupted, as shells report it: 128 plus the number of SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Return the exit code of a command with these diagnostics. */
    public static int of(Collection<Diagnostic> diagnostics) {
        if (diagnostics.stream().anyMatch(HostFailure::isUnreachable)) {
            return UNREACHABLE;
        }
        return diagnostics.stream().anyMatch(Diagnostic::isError) ? FAILURE : OK;
    }
}
