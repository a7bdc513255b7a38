package dev.paddock.nwfilter;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema;
import dev.paddock.api.value.PlainValues;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads plain maps, lists and strings through the schema of filters, with what it found to be wrong. */
public final class SchemaCheckedFilter {
    private static final SourceLocation PLACE = SourceLocation.startOf("<test>");

    private final List<String> wrong = new ArrayList<>();

    private SchemaCheckedFilter() {}

    /** Return the model that the template gets; fails where the schema or the kind refuses. */
    public static Map<String, Object> model(Map<String, Object> spec) {
        var checked = new SchemaCheckedFilter();
        var value = (Value.Mapping) checked.read(new NwfilterKind().schema(), spec, "");
        new NwfilterKind()
                .mistakes(value).stream()
                        .filter(Diagnostic::isError)
                        .forEach(mistake -> checked.wrong.add(mistake.detail()));
        if (!checked.wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", checked.wrong));
        }
        return PlainValues.of(value);
    }

    static List<Diagnostic> mistakes(Map<String, Object> spec) {
        return new NwfilterKind()
                .mistakes((Value.Mapping) new SchemaCheckedFilter().read(new NwfilterKind().schema(), spec, ""));
    }

    private Value read(Schema schema, Object plain, String path) {
        return switch (schema) {
            case Schema.Text text -> scalar(text, String.valueOf(plain), path);
            case Schema.ListOf list -> {
                List<Value> items = new ArrayList<>();
                for (var item : plain instanceof List<?> many ? many : List.of(plain)) {
                    items.add(read(list.items(), item, path + "[]"));
                }
                yield new Value.Sequence(PLACE, items);
            }
            case Schema.Fields fields -> fields(fields, plain, path);
            case Schema.MapOf map -> {
                Map<String, Value.Entry> entries = new LinkedHashMap<>();
                ((Map<?, ?>) plain).forEach((key, value) -> {
                    scalar(new Schema.Text(map.keys()), String.valueOf(key), path);
                    entries.put(String.valueOf(key), entry(read(map.values(), value, path + "/" + key)));
                });
                yield new Value.Mapping(PLACE, entries);
            }
            case Schema.Anything ignored -> Value.Scalar.of(PLACE, String.valueOf(plain));
        };
    }

    private Value fields(Schema.Fields fields, Object plain, String path) {
        if (plain instanceof String text) {
            var expanded =
                    fields.shorthand().flatMap(shorthand -> shorthand.read().apply(text));
            if (expanded.isEmpty()) {
                wrong.add(path + ": '" + text + "' is no short form");
            }
            return read(
                    fields.shorthand().isEmpty() ? new Schema.Anything() : withoutShort(fields),
                    expanded.orElse(Map.of()),
                    path);
        }
        Map<String, Value.Entry> entries = new LinkedHashMap<>();
        ((Map<?, ?>) plain).forEach((key, value) -> {
            var field = fields.fields().get(String.valueOf(key));
            if (field == null) {
                wrong.add(path + ": unknown key " + key);
            } else {
                entries.put(String.valueOf(key), entry(read(field.schema(), value, path + "/" + key)));
            }
        });
        return new Value.Mapping(PLACE, entries);
    }

    private static Schema.Fields withoutShort(Schema.Fields fields) {
        return new Schema.Fields(fields.fields(), java.util.Optional.empty());
    }

    private Value scalar(Schema.Text schema, String text, String path) {
        return switch (schema.type().read().apply(text)) {
            case Reading.Good good -> Value.Scalar.of(PLACE, good.text());
            case Reading.Bad bad -> {
                wrong.add(path + ": " + bad.reason());
                yield Value.Scalar.of(PLACE, text);
            }
        };
    }

    private static Value.Entry entry(Value value) {
        return new Value.Entry(PLACE, value);
    }
}
