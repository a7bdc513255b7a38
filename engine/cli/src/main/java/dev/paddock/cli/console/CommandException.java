package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.host.lab.LabException;
import dev.paddock.session.HostFailure;
import dev.paddock.session.PlaybookException;
import java.util.List;

/** Ends a command that cannot continue, with diagnostics for the user and the exit code. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<Diagnostic> diagnostics;

    public CommandException(int exitCode, List<Diagnostic> diagnostics) {
        super(diagnostics.isEmpty() ? "" : diagnostics.getFirst().detail());
        this.exitCode = exitCode;
        this.diagnostics = List.copyOf(diagnostics);
    }

    public static CommandException failure(Diagnostic diagnostic) {
        return new CommandException(ExitCode.FAILURE, List.of(diagnostic));
    }

    public static CommandException usage(String detail, String fix) {
        return new CommandException(ExitCode.USAGE, List.of(Diagnostic.error(Code.BAD_OPTION, detail, fix)));
    }

    public static CommandException of(LabException failure) {
        return failure(failure.diagnostic());
    }

    /** Return the exception for the failure of a host that the command did not handle otherwise. */
    public static CommandException of(HostException failure) {
        var diagnostic = HostFailure.of(failure);
        return new CommandException(ExitCode.of(List.of(diagnostic)), List.of(diagnostic));
    }

    /** Return the exception for errors in playbooks, or in what the command line adds to them. */
    public static CommandException of(PlaybookException failure) {
        var isCommandLine = failure.diagnostics().stream()
                .filter(Diagnostic::isError)
                .allMatch(error -> error.code() == Code.BAD_OPTION);
        return new CommandException(isCommandLine ? ExitCode.USAGE : ExitCode.FAILURE, failure.diagnostics());
    }

    public int exitCode() {
        return exitCode;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
