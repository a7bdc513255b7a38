package dev.paddock.api.value;

import java.util.LinkedHashMap;
import java.util.Map;

/** Converts values to plain maps, lists and strings, as templates see them. */
public final class PlainValues {
    private PlainValues() {}

    /** Return a {@code Map}, {@code List} or {@code String}. Mappings omit absent scalars. */
    public static Object of(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> scalar.text();
            case Value.Sequence sequence ->
                sequence.items().stream().map(PlainValues::of).toList();
            case Value.Mapping mapping -> of(mapping);
        };
    }

    public static Map<String, Object> of(Value.Mapping mapping) {
        Map<String, Object> plain = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            if (!(entry.value() instanceof Value.Scalar scalar && scalar.absent())) {
                plain.put(key, of(entry.value()));
            }
        });
        return plain;
    }
}
