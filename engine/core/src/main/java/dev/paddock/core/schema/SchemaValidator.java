package dev.paddock.core.schema;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.value.Value;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Validates values against a schema and normalizes them for templates: expands short forms, puts single items into lists,
 * normalizes scalars.
 */
public final class SchemaValidator {
    private static final ScalarType ANYTHING = new ScalarType("a text", Map.of(), ScalarType.Reading.Good::new);

    private final DiagnosticSink diagnostics;
    private final SourceFiles files;
    /** Whether required keys must be present. */
    private final boolean complete;

    /** @param files reads the files that texts are taken from */
    public SchemaValidator(DiagnosticSink diagnostics, SourceFiles files, boolean complete) {
        this.diagnostics = diagnostics;
        this.files = files;
        this.complete = complete;
    }

    /** Return the normalized value; empty, with all its errors reported, if it is invalid. */
    Optional<Value> check(Schema schema, YamlNode node) {
        if (node instanceof YamlNode.Failed) {
            return Optional.empty();
        }
        return switch (schema) {
            case Schema.Text text -> text(text, node);
            case Schema.ListOf list -> list(list, node);
            case Schema.Fields fields -> fields(fields, node);
            case Schema.MapOf map -> map(map, node);
            case Schema.Anything anything -> anything(node);
        };
    }

    /** Return the normalized mapping; empty, with all its errors reported, if it is invalid. */
    public Optional<Value.Mapping> mapping(Schema.Fields fields, YamlNode.Mapping mapping) {
        for (var key : mapping.entries().keySet()) {
            if (!fields.fields().containsKey(key)) {
                diagnostics.unknown(
                        Code.UNKNOWN_KEY,
                        mapping.entries().get(key).keyPlace(),
                        "Unknown key",
                        key,
                        fields.fields().keySet());
            }
        }
        var valid = fields.fields().keySet().containsAll(mapping.entries().keySet());
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        for (var entry : mapping.entries().entrySet()) {
            var field = fields.fields().get(entry.getKey());
            if (field == null || (mapping.nonNull(entry.getKey()).isEmpty() && !allowsEmpty(field.schema()))) {
                continue;
            }
            var value = check(field.schema(), entry.getValue().value());
            if (value.isPresent()) {
                entries.put(entry.getKey(), new Value.Entry(entry.getValue().keyPlace(), value.get()));
            } else {
                valid = false;
            }
        }
        for (var field : fields.fields().entrySet()) {
            if (complete
                    && field.getValue().required()
                    && mapping.nonNull(field.getKey()).isEmpty()) {
                diagnostics.error(
                        Code.MISSING_KEY,
                        mapping.place(),
                        "The key '" + field.getKey() + "' is missing here.",
                        "Add it: " + field.getValue().doc());
                valid = false;
            }
        }
        return valid ? Optional.of(new Value.Mapping(mapping.place(), entries)) : Optional.empty();
    }

    private Optional<Value> text(Schema.Text schema, YamlNode node) {
        var type = schema.type();
        var file = schema.orFile() ? TextFile.named(node) : Optional.<YamlNode>empty();
        if (file.isPresent()) {
            return TextFile.read(file.get(), files, diagnostics)
                    .flatMap(text -> read(type, node.place(), text.stripTrailing()))
                    .map(text -> Value.Scalar.of(node.place(), text));
        }
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.absent()) {
            wrongShape(node, type.name());
            return Optional.empty();
        }
        return read(type, scalar.place(), scalar.text()).map(text -> Value.Scalar.of(scalar.place(), text));
    }

    private Optional<String> read(ScalarType type, SourceLocation location, String text) {
        var control = text.codePoints().filter(ControlCharacters::is).findFirst();
        if (control.isPresent()) {
            diagnostics.error(
                    Code.CONTROL_CHARACTER,
                    location,
                    "This value has the control character U+%04X.".formatted(control.getAsInt()),
                    "Remove it; only tabs and line breaks can be there.");
            return Optional.empty();
        }
        var invalid = text.codePoints().filter(point -> !isXmlCharacter(point)).findFirst();
        if (invalid.isPresent()) {
            diagnostics.error(
                    Code.BAD_VALUE,
                    location,
                    "The character U+%04X cannot stand in a document of libvirt.".formatted(invalid.getAsInt()),
                    "Remove it.");
            return Optional.empty();
        }
        return switch (type.read().apply(text)) {
            case ScalarType.Reading.Good good -> Optional.of(good.text());
            case ScalarType.Reading.Bad bad -> {
                var nearest = Suggestion.nearest(text, bad.candidates());
                diagnostics.error(
                        Code.BAD_VALUE,
                        location,
                        diagnostics.quote(text) + " is not " + type.name() + ". " + bad.reason(),
                        nearest.map(near -> "Write '" + near + "'.")
                                .orElse(
                                        bad.candidates().isEmpty()
                                                ? "Write " + type.name() + "."
                                                : DiagnosticSink.allOf(bad.candidates())));
                yield Optional.empty();
            }
        };
    }

    /** XML 1.0, section 2.2. */
    private static boolean isXmlCharacter(int point) {
        return point == 0x9
                || point == 0xA
                || point == 0xD
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    private Optional<Value> list(Schema.ListOf list, YamlNode node) {
        if (node instanceof YamlNode.Sequence sequence) {
            List<Value> items = new ArrayList<>();
            for (var item : sequence.items()) {
                check(list.items(), item).ifPresent(items::add);
            }
            return items.size() == sequence.items().size()
                    ? Optional.of(new Value.Sequence(sequence.place(), items))
                    : Optional.empty();
        }
        if (list.orSingle()) {
            return check(list.items(), node).map(item -> new Value.Sequence(node.place(), List.of(item)));
        }
        wrongShape(node, "a list");
        return Optional.empty();
    }

    /** Return whether a key may have no value, because its short form accepts the empty text. */
    private static boolean allowsEmpty(Schema schema) {
        return schema instanceof Schema.Fields fields
                && fields.shorthand()
                        .flatMap(shorthand -> shorthand.read().apply(""))
                        .isPresent();
    }

    private Optional<Value> fields(Schema.Fields fields, YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping(fields, mapping).map(checked -> checked);
        }
        var shorthand = fields.shorthand();
        if (shorthand.isEmpty()
                || !(node instanceof YamlNode.Scalar scalar)
                || (scalar.absent() && !allowsEmpty(fields))) {
            wrongShape(
                    node,
                    "a mapping with " + String.join(", ", Schema.keys(fields))
                            + shorthand
                                    .map(form -> ", or short " + form.example())
                                    .orElse(""));
            return Optional.empty();
        }
        var read = shorthand.get().read().apply(scalar.text());
        if (read.isEmpty()) {
            diagnostics.error(
                    Code.BAD_VALUE,
                    scalar.place(),
                    diagnostics.quote(scalar.text()) + " is not of the form "
                            + shorthand.get().example() + ".",
                    "Write it like that, or as a mapping with " + String.join(", ", Schema.keys(fields)) + ".");
            return Optional.empty();
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        read.get()
                .forEach((key, text) ->
                        entries.put(key, new YamlNode.Entry(scalar.place(), YamlNode.Scalar.of(scalar.place(), text))));
        return mapping(fields, new YamlNode.Mapping(scalar.place(), entries)).map(checked -> checked);
    }

    private Optional<Value> map(Schema.MapOf map, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            wrongShape(node, "a mapping of " + map.keys().name() + " to a value");
            return Optional.empty();
        }
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        Map<String, String> spellings = new HashMap<>();
        var valid = true;
        for (var entry : mapping.entries().entrySet()) {
            var key = read(map.keys(), entry.getValue().keyPlace(), entry.getKey());
            var value = check(map.values(), entry.getValue().value());
            if (key.isEmpty() || value.isEmpty()) {
                valid = false;
                continue;
            }
            var earlier = spellings.putIfAbsent(key.get(), entry.getKey());
            if (earlier != null) {
                diagnostics.error(
                        Code.YAML_DUPLICATE_KEY,
                        entry.getValue().keyPlace(),
                        "The keys " + diagnostics.quote(earlier) + " and " + diagnostics.quote(entry.getKey())
                                + " mean the same.",
                        "Remove one of the two.");
                valid = false;
            }
            entries.put(key.get(), new Value.Entry(entry.getValue().keyPlace(), value.get()));
        }
        return valid ? Optional.of(new Value.Mapping(mapping.place(), entries)) : Optional.empty();
    }

    private Optional<Value> anything(YamlNode node) {
        var file = TextFile.named(node);
        if (file.isPresent()) {
            return TextFile.read(file.get(), files, diagnostics)
                    .flatMap(text -> read(ANYTHING, node.place(), text))
                    .map(text -> Value.Scalar.of(node.place(), text));
        }
        return switch (node) {
            case YamlNode.Scalar scalar ->
                scalar.absent()
                        ? Optional.of(new Value.Scalar(scalar.place(), "", scalar.plain(), true))
                        : read(ANYTHING, scalar.place(), scalar.text())
                                .map(text -> new Value.Scalar(scalar.place(), text, scalar.plain(), false));
            case YamlNode.Failed failed -> Optional.empty();
            case YamlNode.Sequence sequence -> {
                List<Value> items = new ArrayList<>();
                sequence.items().forEach(item -> anything(item).ifPresent(items::add));
                yield items.size() == sequence.items().size()
                        ? Optional.of(new Value.Sequence(sequence.place(), items))
                        : Optional.empty();
            }
            case YamlNode.Mapping mapping -> {
                Map<String, Value.Entry> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> anything(entry.value())
                        .ifPresent(value -> entries.put(key, new Value.Entry(entry.keyPlace(), value))));
                yield entries.size() == mapping.entries().size()
                        ? Optional.of(new Value.Mapping(mapping.place(), entries))
                        : Optional.empty();
            }
        };
    }

    /** Some scalar types are lists in one text, so the shape alone would be ambiguous. */
    private static String found(YamlNode node, String expected) {
        return expected.startsWith(node.shape()) ? node.shape() + " of YAML's instead of one text" : node.shape();
    }

    private void wrongShape(YamlNode node, String expected) {
        diagnostics.error(
                Code.WRONG_SHAPE,
                node.place(),
                "Expected " + expected + " here, and found " + found(node, expected) + ".",
                "Write " + expected + ".");
    }
}
