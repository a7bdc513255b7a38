package dev.paddock.cli.guest;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;

/** The option that limits how long to wait for a VM that boots. */
final class WaitOption {
    private static final String WAIT = "--wait";

    private WaitOption() {}

    static OptionSpec option() {
        return OptionSpecs.value("DURATION", "Wait so long for a guest that is still booting.", WAIT);
    }

    static Duration of(Invocation invocation) throws CommandException {
        var text = invocation.value(WAIT);
        return text.isEmpty() ? Duration.ZERO : DurationOption.required(text.get());
    }
}
