package dev.paddock.cli.guest;

import dev.paddock.cli.console.CommandException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations in the notation of sleep(1) and timeout(1). */
public final class DurationOption {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");

    private DurationOption() {}

    public static Duration required(String text) throws CommandException {
        return parse(text)
                .orElseThrow(() -> CommandException.usage(
                        "\"%s\" is no duration.".formatted(text), "Write for example 90, 90s, 15m or 2h."));
    }

    /** Return the duration; absent if the text is invalid or the duration is zero. */
    static Optional<Duration> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(matcher.group(1));
        var unit = Optional.ofNullable(matcher.group(2)).orElse("s");
        var duration =
                switch (unit) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofSeconds(number);
                };
        return Optional.of(duration).filter(Duration::isPositive);
    }
}
