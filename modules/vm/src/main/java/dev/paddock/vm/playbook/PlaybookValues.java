package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and creates values of playbooks. */
public final class PlaybookValues {
    private PlaybookValues() {}

    public static Value.Mapping mapping(SourceLocation place, String... keyThenText) {
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        for (var i = 0; i < keyThenText.length; i += 2) {
            entries.put(keyThenText[i], new Value.Entry(place, Value.Scalar.of(place, keyThenText[i + 1])));
        }
        return new Value.Mapping(place, entries);
    }

    public static Value.Mapping with(Value.Mapping mapping, String key, String text) {
        return mapping.with(key, Value.Scalar.of(mapping.place(), text));
    }

    public static Optional<Value.Mapping> mapping(Value.Mapping in, String key) {
        return in.get(key)
                .flatMap(value -> value instanceof Value.Mapping mapping ? Optional.of(mapping) : Optional.empty());
    }

    /** Return the mappings in a list. */
    public static List<Value.Mapping> mappings(Value.Mapping in, String key) {
        return in.get(key).stream()
                .flatMap(value -> value instanceof Value.Sequence list ? list.items().stream() : Stream.of())
                .flatMap(item -> item instanceof Value.Mapping mapping ? Stream.of(mapping) : Stream.of())
                .toList();
    }

    /** Return a mapping, completed with everything below a key of another one. Its own fields take precedence. */
    static Value.Mapping under(Value.Mapping below, Value.Mapping in, String key) {
        var joined = below;
        for (var entry :
                mapping(in, key).map(Value.Mapping::entries).orElse(Map.of()).entrySet()) {
            joined = joined.with(entry.getKey(), entry.getValue().value());
        }
        return joined;
    }

    /** Return the name from which the identity of a VM follows: its own, or the one that it had before. */
    static String identity(Value.Mapping guest) {
        return guest.text("renamed_from").or(() -> guest.text("name")).orElse("");
    }

    public static Value.Sequence list(SourceLocation place, List<? extends Value> items) {
        return new Value.Sequence(place, List.copyOf(items));
    }
}
