package dev.paddock.api.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The shape of a value, documented for people and editors. */
public sealed interface Schema {

    /**
     * A scalar of a type.
     *
     * @param orFile whether it may be the content of a file, written as {@code {file: PATH}}
     */
    record Text(ScalarType type, boolean orFile) implements Schema {
        public Text(ScalarType type) {
            this(type, false);
        }
    }

    /** A list; with {@code orSingle}, a single item may be written without a list. */
    record ListOf(Schema items, boolean orSingle) implements Schema {}

    /**
     * A mapping with known keys.
     *
     * @param fields by key, in the order of the documentation
     * @param shorthand how to read a scalar in this place, for example {@code a-b} for a range
     */
    record Fields(Map<String, Field> fields, Optional<Shorthand> shorthand) implements Schema {
        public Fields {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A mapping with arbitrary keys. */
    record MapOf(ScalarType keys, Schema values) implements Schema {}

    /** Any value, taken unchecked; a text in it may be the content of a file. */
    record Anything() implements Schema {}

    /**
     * A key of a mapping.
     *
     * @param doc one or two sentences, shown by editors
     */
    record Field(Schema schema, boolean required, String doc) {}

    /**
     * A shorthand for a mapping, written as a scalar.
     *
     * @param example for messages: {@code 192.168.1.10-192.168.1.99}
     * @param pattern regular expression for the whole text, for editors
     * @param read the fields that the text expands to; empty if the text does not have this form
     */
    record Shorthand(String example, String pattern, Function<String, Optional<Map<String, String>>> read) {}

    static Fields fields(Object... keyThenField) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (var i = 0; i < keyThenField.length; i += 2) {
            fields.put((String) keyThenField[i], (Field) keyThenField[i + 1]);
        }
        return new Fields(fields, Optional.empty());
    }

    static Field optional(Schema schema, String doc) {
        return new Field(schema, false, doc);
    }

    static Field optional(ScalarType type, String doc) {
        return new Field(new Text(type), false, doc);
    }

    static Field required(Schema schema, String doc) {
        return new Field(schema, true, doc);
    }

    static Field required(ScalarType type, String doc) {
        return new Field(new Text(type), true, doc);
    }

    static ListOf listOf(Schema items) {
        return new ListOf(items, false);
    }

    /** Return a list whose only item may be written without a list. */
    static ListOf oneOrMore(Schema items) {
        return new ListOf(items, true);
    }

    static Text text(ScalarType type) {
        return new Text(type);
    }

    /** Return a text that may be the content of a file. */
    static Text longText(ScalarType type) {
        return new Text(type, true);
    }

    /** Return the fields with a shorthand. */
    static Fields orShort(Fields fields, Shorthand shorthand) {
        return new Fields(fields.fields(), Optional.of(shorthand));
    }

    /** Return the keys, for suggestions. */
    static List<String> keys(Fields fields) {
        return List.copyOf(fields.fields().keySet());
    }
}
