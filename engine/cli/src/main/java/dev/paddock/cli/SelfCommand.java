package dev.paddock.cli;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Installation;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.host.guest.AgentBinary;
import dev.paddock.host.guest.GuestException;
import dev.paddock.host.packages.PackagePurpose;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code paddock self}: for the scripts of the program, not for users.
 *
 * <p>{@code warm} runs the {@link ClassArchiveWarmup} that fills the class archive of the launcher. {@code require}
 * makes sure that all packages that tests may need are installed. {@code agent} compiles the agent for VMs into a folder,
 * for packages.
 */
final class SelfCommand implements Subcommand {
    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.addSubcommand("warm", CommandSpec.create());
        spec.addSubcommand("require", CommandSpec.create());
        spec.addSubcommand(
                "agent",
                CommandSpec.create()
                        .addPositional(PositionalParamSpec.builder()
                                .paramLabel("FOLDER")
                                .required(true)
                                .build()));
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var inner = invocation
                .inner()
                .orElseThrow(() -> CommandException.usage(
                        "\"paddock self\" needs to know what to do.", "Use one of: warm, require, agent."));
        switch (inner.parsed().commandSpec().name()) {
            case "require" -> {
                for (var purpose : PackagePurpose.values()) {
                    Installation.require(purpose, inner.globals().yes(), inner.console());
                }
            }
            case "agent" -> {
                try {
                    AgentBinary.in(Path.of(inner.parsed().matchedPositionalValue(0, "")));
                } catch (GuestException failure) {
                    throw CommandException.failure(failure.diagnostic());
                }
            }
            default -> ClassArchiveWarmup.perform();
        }
        return ExitCode.OK;
    }
}
