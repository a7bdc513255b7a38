package dev.paddock.api.schema;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A type of scalar: reads the text of a file into the text that templates get.
 *
 * @param name as said in messages, with its article: "a MAC address"
 * @param jsonSchema the keywords that describe it to an editor
 * @param read the reading, or why the text is not of this type
 */
public record ScalarType(String name, Map<String, Object> jsonSchema, Function<String, Reading> read) {

    /** What came of reading a text. */
    public sealed interface Reading {
        /** The text is of the type; this is its form for templates. */
        record Good(String text) implements Reading {}

        /** The text is not of the type. The reason is a full sentence; the candidates are what it may have been. */
        record Bad(String reason, List<String> candidates) implements Reading {
            public Bad(String reason) {
                this(reason, List.of());
            }
        }
    }
}
