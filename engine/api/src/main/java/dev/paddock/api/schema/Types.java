package dev.paddock.api.schema;

import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.net.IpAddress;
import dev.paddock.api.schema.ScalarType.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The scalar types that several kinds share. */
public final class Types {
    /** Any text. */
    public static final ScalarType TEXT = new ScalarType("a text", Map.of("type", "string"), Reading.Good::new);

    /** Text that an editor may take for a number or a boolean. */
    public static final ScalarType SCALAR =
            new ScalarType("a text", Map.of("type", List.of("string", "number", "boolean")), Reading.Good::new);

    /** Text that is not empty and contains no slash, as libvirt requires of names. */
    public static final ScalarType NAME = pattern("a name", "[^/\\s][^/\\n]*", "agents");

    public static final ScalarType MAC =
            pattern("a MAC address", "([0-9a-fA-F]{1,2}:){5}[0-9a-fA-F]{1,2}", "52:54:00:12:34:56");

    public static final ScalarType UUID = pattern(
            "a UUID",
            "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}",
            "6ba7b810-9dad-51d1-80b4-00c04fd430c8");

    /** The name of a network device, at most 15 characters, the limit of the kernel. */
    public static final ScalarType DEVICE =
            pattern("a device name of at most 15 characters", "[a-zA-Z0-9_.\\-\\\\:/]{1,15}", "virbr-agents");

    public static final ScalarType IP = new ScalarType(
            "an IP address",
            Map.of("type", "string"),
            text -> IpAddress.parse(text).isPresent()
                    ? new Reading.Good(text)
                    : new Reading.Bad("'" + text + "' is not an IPv4 or IPv6 address."));

    /**
     * The name of a snapshot. It appears in QEMU's monitor commands and in the name of a libvirt file, and qemu-img
     * takes digits for the number of another snapshot.
     */
    public static final ScalarType SNAPSHOT =
            pattern("a name for a snapshot", "(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9_.+-]{0,127}", "clean");

    public static final ScalarType PORT = integer("a port number", 0, 65535);

    /** A boolean in YAML's words, for documents that use {@code yes} and {@code no}. */
    public static final ScalarType YES_NO = truth("yes", "no");

    /** A boolean in YAML's words, for documents that use {@code on} and {@code off}. */
    public static final ScalarType ON_OFF = truth("on", "off");

    /** A boolean in YAML's words, for documents that use {@code true} and {@code false}. */
    public static final ScalarType TRUE_FALSE = truth("true", "false");

    private static final List<String> TRUE = List.of("true", "yes", "on");
    private static final List<String> FALSE = List.of("false", "no", "off");

    private Types() {}

    /** Return a type for decimal whole numbers, both bounds inclusive. */
    public static ScalarType integer(String name, long least, long most) {
        return new ScalarType(name, Map.of("type", "integer", "minimum", least, "maximum", most), text -> {
            var number = text.strip();
            if (!number.matches("-?[0-9]{1,18}")) {
                return new Reading.Bad("'" + text + "' is not a whole number.");
            }
            var value = Long.parseLong(number);
            return value < least || value > most
                    ? new Reading.Bad(text + " is not between " + least + " and " + most + ".")
                    : new Reading.Good(Long.toString(value));
        });
    }

    /** Return a type for a fixed set of words. */
    public static ScalarType oneOf(String name, String... words) {
        var known = List.of(words);
        return new ScalarType(
                name,
                Map.of("enum", known),
                text -> known.contains(text)
                        ? new Reading.Good(text)
                        : new Reading.Bad(
                                "'" + text + "' is none of " + String.join(", ", known) + ".",
                                Suggestion.nearest(text, known).stream().toList()));
    }

    /** Return a type for texts that match a pattern as a whole. */
    public static ScalarType pattern(String name, String regex, String example) {
        var pattern = Pattern.compile(regex);
        return new ScalarType(
                name,
                Map.of("type", "string", "pattern", "^(" + regex + ")$", "examples", List.of(example)),
                text -> pattern.matcher(text).matches()
                        ? new Reading.Good(text)
                        : new Reading.Bad("'" + text + "' is not " + name + ", such as " + example + "."));
    }

    /** Return a type that uses the first of several types that accepts the text. */
    public static ScalarType anyOf(String name, ScalarType... types) {
        return new ScalarType(
                name,
                Map.of("anyOf", Arrays.stream(types).map(ScalarType::jsonSchema).toList()),
                text -> Arrays.stream(types)
                        .map(type -> type.read().apply(text))
                        .filter(Reading.Good.class::isInstance)
                        .findFirst()
                        .orElse(new Reading.Bad("'" + text + "' is not " + name + ".")));
    }

    /** Return the type with a further check after its own. */
    public static ScalarType refined(ScalarType type, String name, Function<String, Reading> more) {
        return new ScalarType(
                name, type.jsonSchema(), text -> switch (type.read().apply(text)) {
                    case Reading.Good good -> more.apply(good.text());
                    case Reading.Bad bad -> bad;
                });
    }

    private static ScalarType truth(String yes, String no) {
        return new ScalarType("true or false", Map.of("enum", List.of(true, false, "yes", "no", "on", "off")), text -> {
            var word = text.toLowerCase(java.util.Locale.ROOT);
            if (TRUE.contains(word)) {
                return new Reading.Good(yes);
            }
            return FALSE.contains(word)
                    ? new Reading.Good(no)
                    : new Reading.Bad("'" + text + "' is neither true nor false.");
        });
    }
}
