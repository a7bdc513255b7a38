package dev.paddock.testkit.docs;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields of a kind as tables: one for the resource, and one for each of its parts that has much to say. */
final class FieldTables {
    /** Parts of at most so many fields stand in the table of what they are a part of. */
    private static final int SMALL = 4;

    private final StringBuilder text = new StringBuilder();
    private final Deque<Part> later = new ArrayDeque<>();

    private record Part(String path, Schema.Fields fields) {}

    private FieldTables() {}

    static String of(Schema.Fields all) {
        var tables = new FieldTables();
        tables.later.add(new Part("", all));
        while (!tables.later.isEmpty()) {
            tables.table(tables.later.removeFirst());
        }
        return tables.text.toString();
    }

    private void table(Part part) {
        if (!part.path().isEmpty()) {
            text.append("\n### ").append(part.path()).append("\n\n");
            part.fields().shorthand().ifPresent(form -> text.append("Short form: ")
                    .append(code(form.example()))
                    .append("\n\n"));
        }
        text.append("| Field | Value | Meaning |\n|---|---|---|\n");
        rows(part.path(), "", part.fields());
    }

    private void rows(String path, String prefix, Schema.Fields fields) {
        fields.fields().forEach((key, field) -> {
            var name = prefix + key;
            text.append("| ")
                    .append(code(name))
                    .append(" | ")
                    .append(value(field.schema()))
                    .append(field.required() ? ", required" : "")
                    .append(" | ")
                    .append(cell(field.doc()))
                    .append(" |\n");
            inner(path, name, field.schema());
        });
    }

    /** Explain the parts of a value: below it when there are few, else in a table of its own. */
    private void inner(String path, String name, Schema schema) {
        switch (schema) {
            case Schema.ListOf list -> inner(path, name, list.items());
            case Schema.MapOf map -> inner(path, name, map.values());
            case Schema.Fields fields -> {
                if (isSmall(fields)) {
                    rows(path, name + ".", fields);
                } else {
                    later.add(new Part(path.isEmpty() ? name : path + "." + name, fields));
                }
            }
            case Schema.Text scalar -> {}
            case Schema.Anything anything -> {}
        }
    }

    private static boolean isSmall(Schema.Fields fields) {
        return fields.fields().size() <= SMALL;
    }

    private static String value(Schema schema) {
        return switch (schema) {
            case Schema.Text scalar -> scalar(scalar.type());
            case Schema.ListOf list ->
                list.orSingle() ? value(list.items()) + ", or a list" : "list: " + value(list.items());
            case Schema.Fields fields ->
                fields.shorthand()
                        .filter(form -> isSmall(fields))
                        .map(form -> "mapping, or " + code(form.example()))
                        .orElse("mapping");
            case Schema.MapOf map -> "mapping of " + bare(map.keys()) + " to " + value(map.values());
            case Schema.Anything anything -> "anything";
        };
    }

    private static String scalar(ScalarType type) {
        var keywords = type.jsonSchema();
        if (keywords.get("enum") instanceof Collection<?> words && !words.contains(true)) {
            return words.stream().map(word -> code(word.toString())).collect(Collectors.joining(", "));
        }
        if (keywords.get("examples") instanceof Collection<?> examples && !examples.isEmpty()) {
            return bare(type) + ": " + code(examples.iterator().next().toString());
        }
        return bounded(type, keywords);
    }

    private static String bounded(ScalarType type, Map<String, Object> keywords) {
        var least = keywords.get("minimum");
        var most = keywords.get("maximum");
        return least == null || most == null || type.name().matches(".*[0-9].*")
                ? bare(type)
                : bare(type) + ", " + least + " to " + most;
    }

    /** Return the name of a type without its article. */
    private static String bare(ScalarType type) {
        return cell(type.name().replaceFirst("^(an?|the) ", ""));
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
