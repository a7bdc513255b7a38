package dev.paddock.cli.guest;

import dev.paddock.api.value.DurationText;
import dev.paddock.cli.console.CommandException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations on the command line. As for sleep(1), a bare number counts seconds. */
public final class DurationOption {
    private static final Pattern BARE = Pattern.compile("[0-9]+");

    private DurationOption() {}

    public static Duration required(String text) throws CommandException {
        return parse(text)
                .orElseThrow(() -> CommandException.usage(
                        "\"%s\" is no duration.".formatted(text), "Write for example 90, 90s, 15m or 2h."));
    }

    /** Return the duration; absent if the text is invalid or the duration is zero. */
    static Optional<Duration> parse(String text) {
        return DurationText.parse(BARE.matcher(text).matches() ? text + "s" : text)
                .filter(Duration::isPositive);
    }
}
