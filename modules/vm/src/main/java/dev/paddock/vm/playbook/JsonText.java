package dev.paddock.vm.playbook;

import dev.paddock.api.value.Value;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes values as JSON, which is YAML as well.
 *
 * <p>A value does not know whether its text was quoted. So text that looks like a number or a boolean becomes one,
 * except with a leading zero, as in the permissions of files.
 */
final class JsonText {
    private static final Pattern BARE = Pattern.compile("true|false|null|-?(0|[1-9][0-9]{0,17})(\\.[0-9]+)?");

    private JsonText() {}

    static String of(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> scalar.absent() ? "null" : scalar(scalar.text());
            case Value.Sequence list ->
                list.items().stream().map(JsonText::of).collect(Collectors.joining(", ", "[", "]"));
            case Value.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": "
                                + of(entry.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String scalar(String text) {
        return BARE.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (point < 0x20 || point == 0x7f) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }
}
