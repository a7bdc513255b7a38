package dev.paddock.core.load;

import dev.paddock.api.diagnostic.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML value with its source location; aliases and merges are resolved. */
public sealed interface YamlNode {
    SourceLocation place();

    /**
     * A scalar.
     *
     * @param text the text, without regard to its YAML type
     * @param plain whether it is without quotes, so that it may be a number, a boolean or null
     * @param secret whether it is tagged {@code !secret}, and must not be shown
     * @param raw whether it contains no expressions, as with the tag {@code !raw}
     */
    record Scalar(SourceLocation place, String text, boolean plain, boolean secret, boolean raw, ScalarLayout layout)
            implements YamlNode {
        public Scalar(SourceLocation place, String text, boolean plain, boolean secret, ScalarLayout layout) {
            this(place, text, plain, secret, false, layout);
        }

        /** Return a quoted scalar for a text that has no scalar of its own in a file. */
        public static Scalar of(SourceLocation place, String text) {
            return new Scalar(place, text, false, false, ScalarLayout.none(place));
        }

        /** Return whether this is null, as after {@code key:}. */
        public boolean absent() {
            return plain && CoreSchema.isNull(text);
        }
    }

    /** A list. */
    record Sequence(SourceLocation place, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order of the file. */
    record Mapping(SourceLocation place, Map<String, Entry> entries) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public Optional<YamlNode> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** Return the value of a key; empty if the key is missing or its value is null. */
        public Optional<YamlNode> nonNull(String key) {
            return get(key).filter(node -> !(node instanceof Scalar scalar && scalar.absent()));
        }
    }

    /** A value that could not be read or evaluated, which has been reported. */
    record Failed(SourceLocation place) implements YamlNode {}

    /** An entry of a mapping: the location of its key, and its value. */
    record Entry(SourceLocation keyPlace, YamlNode value) {}

    /** Return the name of the shape of this value with its article, for messages. */
    default String shape() {
        return switch (this) {
            case Scalar scalar -> scalar.absent() ? "nothing" : "a text";
            case Sequence sequence -> "a list";
            case Mapping mapping -> "a mapping";
            case Failed failed -> "a value that could not be had";
        };
    }
}
