package dev.paddock.cli.guest;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.poolclient.LeaseNames;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock exec}: runs a command in a guest as if it ran here. */
public final class ExecCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Run a command in a guest: paddock exec VM|LEASE [OPTION...] -- COMMAND [ARGUMENT...]. No network is "
                                + "needed. Its output comes as it is written, its exit code is that of paddock, and "
                                + "Ctrl-C reaches all that it started.")
                .footer(
                        "",
                        "Exit codes beside the command's own: 124 it took longer than --timeout, 125 paddock could not",
                        "do its part, 126 it cannot be run, 127 there is no such command, 128 + N signal N ended it.");
        spec.addPositional(OptionSpecs.parameter("VM|LEASE", 0, "1", "The guest, or the lease of one."));
        CommandOptions.addTo(spec);
        spec.addOption(WaitOption.option());
        return spec;
    }

    @Override
    public Map<String, List<String>> ownShorthands() {
        return CommandOptions.SHORTHANDS;
    }

    @Override
    public boolean takesCommand() {
        return true;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        if (invocation.command().isEmpty()) {
            throw CommandException.usage(
                    "\"paddock exec\" needs a command to run.", "Use paddock exec VM -- COMMAND [ARGUMENT...].");
        }
        var command = CommandOptions.command(invocation);
        var uri = invocation.hostUri();
        var wait = WaitOption.of(invocation);
        return ExecSession.run(
                invocation,
                uri,
                LeaseNames.guest(invocation, invocation.parameters().getFirst()),
                command,
                wait);
    }
}
