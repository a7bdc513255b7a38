package dev.paddock.cli;

import java.util.List;

/** The entry point of the command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var console = Console.ofProcess();
        var exitCode = run(console, List.of(arguments));
        console.flush();
        // Not exit, which first looks for a logger to tell of it: all is written by now, and no hook has anything to
        // do.
        Runtime.getRuntime().halt(exitCode);
    }

    private static int run(Console console, List<String> arguments) {
        // By far the most frequent call of scripts that look whether paddock is there: it takes nothing but this class.
        if (arguments.equals(List.of("--version"))) {
            console.print(Version.LINE);
            return ExitCode.OK;
        }
        return CommandLineRun.of(console, Hosts::connector, BugReport.folder()).run(arguments);
    }
}
