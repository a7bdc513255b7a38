package dev.paddock.vm.playbook;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema.Shorthand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations in playbooks, such as {@code 30s}, {@code 30m}, {@code 4h} or {@code 2d}. Documents contain seconds. */
public final class DurationSyntax {
    private static final String FORM = "[0-9]{1,6}\\s*[smhd]";
    private static final Pattern PARTS = Pattern.compile("([0-9]{1,6})\\s*([smhd])");
    private static final List<Map.Entry<String, Duration>> UNITS = List.of(
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("s", Duration.ofSeconds(1)));

    private DurationSyntax() {}

    /** Return the type of durations of at least one second. */
    public static ScalarType type(String example) {
        return new ScalarType(
                "a duration",
                Map.of("type", "string", "pattern", "^" + FORM + "$", "examples", List.of(example)),
                text -> parse(text)
                        .filter(Duration::isPositive)
                        .<Reading>map(duration -> new Reading.Good(Long.toString(duration.toSeconds())))
                        .orElseGet(() -> new Reading.Bad("'" + text + "' is not a number of seconds, minutes, hours or"
                                + " days, such as " + example + ".")));
    }

    /** Return a short form that stands for the duration of one field. */
    public static Shorthand only(String field, String example) {
        return new Shorthand(example, FORM, text -> parse(text).map(duration -> Map.of(field, text.strip())));
    }

    private static Optional<Duration> parse(String text) {
        var parts = PARTS.matcher(text.strip());
        return parts.matches()
                ? UNITS.stream()
                        .filter(unit -> unit.getKey().equals(parts.group(2)))
                        .map(unit -> unit.getValue().multipliedBy(Long.parseLong(parts.group(1))))
                        .findFirst()
                : Optional.empty();
    }

    /** Return a duration of whole seconds in the largest unit that divides it. */
    public static String of(Duration duration) {
        return UNITS.stream()
                .filter(unit -> duration.toSeconds() % unit.getValue().toSeconds() == 0)
                .map(unit -> duration.toSeconds() / unit.getValue().toSeconds() + unit.getKey())
                .findFirst()
                .orElse(duration.toSeconds() + "s");
    }
}
