package dev.paddock.cli.console;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** One command: what it takes, and what it does. */
public interface Subcommand {
    /**
     * Return its options, parameters and description, without the options that every command has, and without its name.
     */
    CommandSpec spec();

    /**
     * Run it.
     *
     * @return one of {@link ExitCode}, or the exit code of a program that was run on the user's behalf
     */
    int run(Invocation invocation) throws CommandException;

    /**
     * Return the short options that mean something else behind this command's name than with all others, and what they
     * stand for here.
     */
    default Map<String, List<String>> ownShorthands() {
        return Map.of();
    }

    /** Return whether everything after a {@code --} is another program's command line, and none of its own. */
    default boolean takesCommand() {
        return false;
    }
}
