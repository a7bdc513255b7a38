package dev.paddock.cli;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Installation;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.host.packages.PackagePurpose;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code paddock self}: for the scripts of the program, not for users.
 *
 * <p>{@code warm} runs the {@link ClassArchiveWarmup} that fills the class archive of the launcher. {@code require}
 * makes sure that all packages that tests may need are installed.
 */
final class SelfCommand implements Subcommand {
    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.addSubcommand("warm", CommandSpec.create());
        spec.addSubcommand("require", CommandSpec.create());
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var inner = invocation
                .inner()
                .orElseThrow(() -> CommandException.usage(
                        "\"paddock self\" needs to know what to do.", "Use one of: warm, require."));
        if (inner.parsed().commandSpec().name().equals("require")) {
            for (var purpose : PackagePurpose.values()) {
                Installation.require(purpose, inner.globals().yes(), inner.console());
            }
        } else {
            ClassArchiveWarmup.perform();
        }
        return ExitCode.OK;
    }
}
