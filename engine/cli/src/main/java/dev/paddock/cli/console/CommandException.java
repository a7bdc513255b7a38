package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.host.lab.LabException;
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
        var reason = failure.reason();
        return switch (failure.failure()) {
            case UNREACHABLE ->
                unreachable(
                        Code.HOST_UNREACHABLE,
                        reason,
                        failure.advice().orElse("Run paddock doctor, which tells what is missing."));
            case DENIED ->
                unreachable(
                        Code.PERMISSION_DENIED,
                        reason,
                        failure.advice()
                                .orElse("Run it as root, or join the group with `usermod -a -G libvirt USER` and log in"
                                        + " again."));
            case LOST ->
                unreachable(
                        Code.HOST_LOST,
                        reason,
                        "Run the same command again when the host is back: what was done already is left as it is.");
            case REFUSED ->
                failure(Diagnostic.error(
                        failure.told().orElse(Code.HOST_REFUSED),
                        reason,
                        failure.advice().orElse("The reason above is libvirt's own.")));
            case UNSUPPORTED ->
                failure(Diagnostic.error(
                        Code.NOT_SUPPORTED, reason, "Use a host whose libvirt has it, for example `--lab`."));
        };
    }

    /** Return the diagnostic for the failure of one of the hosts of a plan. */
    public static Diagnostic of(HostException failure, InventoryHost host) {
        var told = of(failure).diagnostics().getFirst();
        return Diagnostic.error(
                told.code(),
                "Host '" + host.name() + "': " + told.detail(),
                told.fix().orElse("") + " The other hosts do not wait for it; to leave it out: --limit 'all,!"
                        + host.name() + "'.");
    }

    private static CommandException unreachable(Code code, String detail, String fix) {
        return new CommandException(ExitCode.UNREACHABLE, List.of(Diagnostic.error(code, detail, fix)));
    }

    public int exitCode() {
        return exitCode;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
