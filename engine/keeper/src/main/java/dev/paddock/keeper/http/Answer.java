package dev.paddock.keeper.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/** What is answered to a request. */
@SuppressWarnings("ArrayRecordComponent") // Answers are written and never compared.
record Answer(int status, String type, byte[] body) {
    static Answer text(String type, String text) {
        return new Answer(200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(int status, JsonNode tree) {
        return new Answer(status, "application/json", (tree + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param reason for programs
     * @param message for people
     */
    static Answer error(int status, String reason, String message) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("error").put("reason", reason).put("message", message);
        return json(status, tree);
    }
}
