package dev.paddock.host.libvirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.paddock.api.host.HostException;
import dev.paddock.host.process.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** QEMU's agent in a guest, as far as waiting for a guest needs it. */
final class QemuAgent {
    /** How many seconds libvirt waits for an answer. */
    private static final int PATIENCE = 5;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A command that takes longer is looked at as not done yet, and begun anew. */
    private static final int LOOKS = 300;

    private static final JsonMapper JSON = new JsonMapper();

    private final WriteConnection connection;
    private final String guest;

    QemuAgent(WriteConnection connection, String guest) {
        this.connection = connection;
        this.guest = guest;
    }

    boolean answers() {
        return ask("guest-ping", Map.of()).isPresent();
    }

    /** Run a program in the guest, and return whether it succeeded. */
    boolean succeeds(List<String> command) {
        var rest = command.subList(1, command.size());
        var pid = ask("guest-exec", Map.of("path", command.getFirst(), "arg", rest))
                .map(answer -> answer.path("pid"))
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::asLong);
        for (var look = 0; pid.isPresent() && look < LOOKS; look++) {
            var status = ask("guest-exec-status", Map.of("pid", pid.get()));
            if (status.isEmpty() || status.get().path("exited").asBoolean()) {
                return status.filter(answer -> answer.path("exitcode").asInt(-1) == 0)
                        .isPresent();
            }
            if (!Pause.of(PAUSE)) {
                return false;
            }
        }
        return false;
    }

    /** Return what a command returns; nothing of an agent that is not there, or refuses. */
    private Optional<JsonNode> ask(String command, Map<String, ?> arguments) {
        var question = JSON.createObjectNode().put("execute", command);
        if (!arguments.isEmpty()) {
            question.set("arguments", JSON.valueToTree(arguments));
        }
        return answer(question.toString()).map(answer -> {
            try {
                return JSON.readTree(answer).path("return");
            } catch (JsonProcessingException malformed) {
                return MissingNode.getInstance();
            }
        });
    }

    private Optional<String> answer(String question) {
        try {
            return connection.find(() -> connection.domainLookupByName(guest)).flatMap(domain -> {
                try {
                    return Optional.ofNullable(connection.call(() -> domain.qemuAgentCommand(question, PATIENCE, 0)));
                } finally {
                    connection.call(domain::free);
                }
            });
        } catch (HostException refused) {
            if (refused.failure() == HostException.Failure.LOST) {
                throw refused;
            }
            return Optional.empty();
        }
    }
}
