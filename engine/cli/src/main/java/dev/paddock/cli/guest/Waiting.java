package dev.paddock.cli.guest;

import dev.paddock.cli.CommandException;
import dev.paddock.cli.Invocation;
import dev.paddock.cli.Syntax;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;

/** How long to wait for a guest that boots. */
final class Waiting {
    private static final String WAIT = "--wait";

    private Waiting() {}

    static OptionSpec option() {
        return Syntax.value("DURATION", "Wait so long for a guest that is still booting.", WAIT);
    }

    static Duration of(Invocation invocation) throws CommandException {
        var text = invocation.value(WAIT);
        return text.isEmpty() ? Duration.ZERO : Durations.required(text.get());
    }
}
