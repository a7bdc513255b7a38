package dev.paddock.api.value;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The notation of durations, in playbooks and on the command line: {@code 500ms}, {@code 30s}, {@code 4h}. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");

    /** Longer ones do not fit into a long in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final List<Map.Entry<String, Duration>> UNITS = List.of(
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("ms", Duration.ofMillis(1)));

    private DurationText() {}

    /** Return the duration of a number with its unit; absent for anything else, and beyond a hundred years. */
    public static Optional<Duration> parse(String text) {
        var parts = FORM.matcher(text.strip());
        return parts.matches()
                ? UNITS.stream()
                        .filter(unit -> unit.getKey().equals(parts.group(2)))
                        .map(unit -> unit.getValue().multipliedBy(Long.parseLong(parts.group(1))))
                        .filter(duration -> duration.compareTo(LONGEST) <= 0)
                        .findFirst()
                : Optional.empty();
    }

    /** Return a duration of whole milliseconds in the largest unit that divides it. */
    public static String of(Duration duration) {
        return UNITS.stream()
                .filter(unit -> duration.toMillis() % unit.getValue().toMillis() == 0)
                .map(unit -> duration.toMillis() / unit.getValue().toMillis() + unit.getKey())
                .findFirst()
                .orElseThrow();
    }
}
