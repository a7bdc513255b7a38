package dev.paddock.cli.guest;

import dev.paddock.cli.CommandException;
import dev.paddock.cli.Invocation;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;

/** How long to wait for a guest that boots. */
final class Waiting {
    private static final String WAIT = "--wait";

    private Waiting() {}

    static OptionSpec option() {
        return OptionSpec.builder(WAIT)
                .paramLabel("DURATION")
                .type(String.class)
                .arity("1")
                .description("Wait so long for a guest that is still booting.")
                .build();
    }

    static Duration of(Invocation invocation) throws CommandException {
        var text = invocation.value(WAIT);
        return text.isEmpty() ? Duration.ZERO : Durations.required(text.get());
    }
}
