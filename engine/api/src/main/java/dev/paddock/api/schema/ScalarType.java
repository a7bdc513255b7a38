package dev.paddock.api.schema;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A type of scalar: converts the text of a file to the text for templates.
 *
 * @param name as used in messages, with its article: "a MAC address"
 * @param jsonSchema the JSON Schema keywords that describe it to an editor
 * @param read returns the converted text, or why the text is not of this type
 */
public record ScalarType(String name, Map<String, Object> jsonSchema, Function<String, Reading> read) {

    /** The result of reading a text. */
    public sealed interface Reading {
        /** The text is of the type; this is its form for templates. */
        record Good(String text) implements Reading {}

        /** The text is not of the type. The reason is a full sentence; the candidates are what may have been meant. */
        record Bad(String reason, List<String> candidates) implements Reading {
            public Bad(String reason) {
                this(reason, List.of());
            }
        }
    }
}
