package dev.paddock.api.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The shape of a value, with its explanation for people and editors. */
public sealed interface Schema {

    /** A scalar of a type. */
    record Text(ScalarType type) implements Schema {}

    /** A list; where {@code orSingle}, one item may stand without the list around it. */
    record ListOf(Schema items, boolean orSingle) implements Schema {}

    /**
     * A mapping of known keys.
     *
     * @param fields by key, in the order of the documentation
     * @param shorthand how a scalar in this place is read, for example {@code a-b} for a range
     */
    record Fields(Map<String, Field> fields, Optional<Shorthand> shorthand) implements Schema {
        public Fields {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A mapping whose keys are the user's own. */
    record MapOf(ScalarType keys, Schema values) implements Schema {}

    /** A value that is taken as it is. */
    record Anything() implements Schema {}

    /**
     * A key of a mapping.
     *
     * @param doc one or two sentences, shown by editors
     */
    record Field(Schema schema, boolean required, String doc) {}

    /**
     * A short form of a mapping, written as a scalar.
     *
     * @param example what it looks like, for messages: {@code 192.168.1.10-192.168.1.99}
     * @param pattern regular expression that the whole text has to match, for editors
     * @param read the fields that the text stands for; empty when the text is not of this form
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

    /** Return a list that may be written as its only item. */
    static ListOf oneOrMore(Schema items) {
        return new ListOf(items, true);
    }

    static Text text(ScalarType type) {
        return new Text(type);
    }

    /** Return the fields with a short form. */
    static Fields orShort(Fields fields, Shorthand shorthand) {
        return new Fields(fields.fields(), Optional.of(shorthand));
    }

    /** Return the keys of a shape, for suggestions. */
    static List<String> keys(Fields fields) {
        return List.copyOf(fields.fields().keySet());
    }
}
