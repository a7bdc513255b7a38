package dev.paddock.pool.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the API. */
final class OpenApiDocument {
    static final String TEXT = read();

    private OpenApiDocument() {}

    private static String read() {
        try (var stream = OpenApiDocument.class.getResourceAsStream("openapi.json")) {
            if (stream == null) {
                throw new IllegalStateException("openapi.json is missing from the jar. This is a bug in this tool.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
