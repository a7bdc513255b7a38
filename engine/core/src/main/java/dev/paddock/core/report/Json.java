package dev.paddock.core.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain values as JSON: maps, lists, texts, numbers, booleans and null. */
public final class Json {
    private Json() {}

    /** Return the indented text, in the order of the maps, without a line break at its end. */
    public static String write(@Nullable Object value) {
        var text = new StringWriter();
        try (var generator = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            write(value, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Boolean truth -> generator.writeBoolean(truth);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (var entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(entry.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case Iterable<?> items -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            default ->
                throw new IllegalArgumentException(
                        "[%s] is no plain value. This is a bug in this tool.".formatted(value.getClass()));
        }
    }
}
