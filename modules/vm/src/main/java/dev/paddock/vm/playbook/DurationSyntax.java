package dev.paddock.vm.playbook;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema.Shorthand;
import dev.paddock.api.value.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Durations in playbooks: whole seconds with their unit, such as {@code 30s}, {@code 30m}, {@code 4h} or {@code 2d}. Documents contain seconds. */
public final class DurationSyntax {
    private static final String FORM = "[0-9]{1,6}\\s*[smhd]";

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
        return Optional.of(text.strip())
                .filter(stripped -> stripped.matches(FORM))
                .flatMap(DurationText::parse);
    }
}
