package dev.paddock.network.schema;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a mapping of a playbook that satisfies the schema, and collects the errors in it. */
record SpecReader(Value.Mapping mapping, List<Diagnostic> mistakes) {
    boolean has(String key) {
        return mapping.get(key).isPresent();
    }

    Optional<String> text(String key) {
        return mapping.text(key);
    }

    Optional<SpecReader> mapping(String key) {
        return mapping.get(key).flatMap(this::spec);
    }

    /** Return the mappings in a list. */
    List<SpecReader> list(String key) {
        return mapping.get(key).stream()
                .flatMap(value ->
                        value instanceof Value.Sequence sequence ? sequence.items().stream() : Stream.<Value>empty())
                .flatMap(item -> spec(item).stream())
                .toList();
    }

    void conflict(String key, String detail, String fix) {
        mistakes.add(Diagnostic.error(Code.CONFLICTING_KEYS, place(key), detail, fix));
    }

    void missing(String detail, String fix) {
        mistakes.add(Diagnostic.error(Code.MISSING_KEY, mapping.place(), detail, fix));
    }

    void bad(String key, String detail, String fix) {
        mistakes.add(Diagnostic.error(Code.BAD_VALUE, place(key), detail, fix));
    }

    private SourceLocation place(String key) {
        var entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.keyPlace();
    }

    private Optional<SpecReader> spec(Value value) {
        return value instanceof Value.Mapping inner ? Optional.of(new SpecReader(inner, mistakes)) : Optional.empty();
    }
}
