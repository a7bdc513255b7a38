package dev.paddock.cli.console;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** One command: its command line, and its action. */
public interface Subcommand {
    /**
     * Return the options, parameters and description of the command, without its name and without the options of all
     * commands.
     */
    CommandSpec spec();

    /**
     * Run the command.
     *
     * @return one of {@link ExitCode}, or the exit code of a program that ran for the user
     */
    int run(Invocation invocation) throws CommandException;

    /** Return the short options with another meaning after this command's name than elsewhere, and that meaning. */
    default Map<String, List<String>> ownShorthands() {
        return Map.of();
    }

    /** Return whether everything after {@code --} is the command line of another program. */
    default boolean takesCommand() {
        return false;
    }
}
