package dev.paddock.core.load;

import dev.paddock.api.diagnostic.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of YAML as it stands in a file, aliases and merges resolved. */
public sealed interface YamlNode {
    SourceLocation place();

    /**
     * A scalar.
     *
     * @param text the text, whatever type a YAML reader would see in it
     * @param plain written without quotes, so that it may be a number, a boolean or nothing
     * @param secret tagged {@code !secret}: not to be shown
     */
    record Scalar(SourceLocation place, String text, boolean plain, boolean secret, ScalarLayout layout)
            implements YamlNode {
        /** Return a quoted scalar that stands for something told elsewhere. */
        public static Scalar of(SourceLocation place, String text) {
            return new Scalar(place, text, false, false, ScalarLayout.none(place));
        }

        /** Return whether this is nothing at all, as after {@code key:}. */
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

        /** Return the value of a key that says something, so not that of {@code key:}. */
        public Optional<YamlNode> said(String key) {
            return get(key).filter(node -> !(node instanceof Scalar scalar && scalar.absent()));
        }
    }

    /** A value that could not be had; why has been told already. */
    record Failed(SourceLocation place) implements YamlNode {}

    /** A key of a mapping: where it stands, and what it holds. */
    record Entry(SourceLocation keyPlace, YamlNode value) {}

    /** Return the word for what this is, with its article, for messages. */
    default String shape() {
        return switch (this) {
            case Scalar scalar -> scalar.absent() ? "nothing" : "a text";
            case Sequence sequence -> "a list";
            case Mapping mapping -> "a mapping";
            case Failed failed -> "a value that could not be had";
        };
    }
}
