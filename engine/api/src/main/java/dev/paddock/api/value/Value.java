package dev.paddock.api.value;

import dev.paddock.api.diagnostic.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bound value: variables and expressions are resolved, and every scalar is still text.
 *
 * <p>Scalars stay text so that no MAC address becomes a number and no {@code no} a boolean. The schema decides what a
 * text means.
 */
public sealed interface Value {
    SourceLocation place();

    /**
     * A scalar. An empty plain scalar or {@code null} is the empty text with {@code absent} true.
     *
     * @param plain whether it is without quotes in the playbook: YAML handed on to another program keeps its types
     */
    record Scalar(SourceLocation place, String text, boolean plain, boolean absent) implements Value {
        public static Scalar of(SourceLocation place, String text) {
            return new Scalar(place, text, false, false);
        }
    }

    /** A list. */
    record Sequence(SourceLocation place, List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order of the file. */
    record Mapping(SourceLocation place, Map<String, Entry> entries) implements Value {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public Optional<Value> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** Return the text of a scalar entry. */
        public Optional<String> text(String key) {
            return get(key).flatMap(value ->
                    value instanceof Scalar scalar && !scalar.absent() ? Optional.of(scalar.text()) : Optional.empty());
        }

        public Mapping with(String key, Value value) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(key, new Entry(value.place(), value));
            return new Mapping(place, changed);
        }

        public Mapping without(String key) {
            var changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(place, changed);
        }
    }

    /** A key of a mapping: its position and its value. */
    record Entry(SourceLocation keyPlace, Value value) {}
}
