package dev.paddock.vm.playbook;

import dev.paddock.api.value.Value;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes values in the flow style of YAML, for programs that read YAML.
 *
 * <p>What is in quotes stays a text. Without quotes, the words and numbers that are the same to all readers of YAML keep
 * their type. The rest stays a text: to a reader of YAML 1.1, a MAC address would be a number to the base 60, and
 * {@code 0644} an octal one.
 */
final class FlowYaml {
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE|yes|Yes|YES|on|On|ON");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE|no|No|NO|off|Off|OFF");
    private static final Pattern NUMBER =
            Pattern.compile("0x[0-9a-fA-F]+|[-+]?(0|[1-9][0-9]*)|([-+]?(0|[1-9][0-9]*))?\\.[0-9]+([eE][-+][0-9]+)?");

    private FlowYaml() {}

    static String of(Value value) {
        return switch (value) {
            case Value.Scalar scalar when scalar.absent() -> "null";
            case Value.Scalar scalar when scalar.plain() -> plain(scalar.text());
            case Value.Scalar scalar -> quoted(scalar.text());
            case Value.Sequence list ->
                list.items().stream().map(FlowYaml::of).collect(Collectors.joining(", ", "[", "]"));
            case Value.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": "
                                + of(entry.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String plain(String text) {
        if (TRUE.matcher(text).matches()) {
            return "true";
        }
        if (FALSE.matcher(text).matches()) {
            return "false";
        }
        return NUMBER.matcher(text).matches() ? text : quoted(text);
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
