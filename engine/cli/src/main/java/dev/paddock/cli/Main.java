package dev.paddock.cli;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.StandardOutput;
import dev.paddock.cli.console.Version;
import dev.paddock.cli.pool.AcquireFastPath;
import java.io.FileDescriptor;
import java.util.List;

/** The entry point of the command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var output = new StandardOutput(FileDescriptor.out);
        var console = Console.ofProcess(output);
        var exitCode = run(console, List.of(arguments));
        console.flush();
        var loss = output.loss();
        if (loss.isPresent()) {
            exitCode = lost(console, loss.get(), exitCode);
        }
        // Not exit, which first looks for a logger to report to: all output is written by now, and no shutdown hook has
        // any work.
        Runtime.getRuntime().halt(exitCode);
    }

    private static int lost(Console console, String why, int exitCode) {
        console.tell(
                Diagnostic.error(
                        Code.FILE_UNWRITABLE,
                        "Not all of the output could be written: " + why + ".",
                        "Make room, or write it elsewhere. Changes that were made are kept, even those that were not reported."));
        return exitCode == ExitCode.OK || exitCode == ExitCode.CHANGES ? ExitCode.FAILURE : exitCode;
    }

    private static int run(Console console, List<String> arguments) {
        // By far the most frequent call, by scripts that check for Paddock. It needs only this class.
        if (arguments.equals(List.of("--version"))) {
            console.print(Version.LINE);
            return ExitCode.OK;
        }
        var lease = AcquireFastPath.lease(arguments);
        if (lease.isPresent()) {
            console.print(lease.get());
            return ExitCode.OK;
        }
        return CommandLineRun.of(console, HostConnections::connector, BugReport.folder())
                .run(arguments);
    }
}
