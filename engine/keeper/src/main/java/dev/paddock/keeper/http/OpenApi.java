package dev.paddock.keeper.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of what can be asked. */
final class OpenApi {
    static final String TEXT = read();

    private OpenApi() {}

    private static String read() {
        try (var stream = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (stream == null) {
                throw new IllegalStateException("openapi.json is missing from the jar. This is a bug in this tool.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
