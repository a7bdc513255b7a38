package dev.paddock.pool.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/** A response with its content. */
@SuppressWarnings("ArrayRecordComponent") // Responses are written and never compared.
record HttpResponse(int status, String type, byte[] body) {
    static HttpResponse text(String type, String text) {
        return new HttpResponse(200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse json(int status, JsonNode tree) {
        return new HttpResponse(status, "application/json", (tree + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Return an error as JSON.
     *
     * @param reason for programs
     * @param message for people
     */
    static HttpResponse error(int status, String reason, String message) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("error").put("reason", reason).put("message", message);
        return json(status, tree);
    }
}
