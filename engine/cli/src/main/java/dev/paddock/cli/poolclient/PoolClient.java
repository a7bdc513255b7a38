package dev.paddock.cli.poolclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.host.process.PollInterval;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Asks the keeper on behalf of a command, and tells what it refuses. */
public final class PoolClient {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Path socket;

    private PoolClient(Path socket) {
        this.socket = socket;
    }

    /** Return the keeper of the command's libvirt; that of a lab is started when it does not run. */
    public static PoolClient of(Invocation invocation) throws CommandException {
        var socket = PoolSocket.of(invocation.hostUri());
        if (invocation.globals().lab().isPresent()) {
            LabPoolServer.inLab(invocation.globals().lab().get(), socket, invocation.console());
        }
        return new PoolClient(socket);
    }

    public JsonNode get(String path) throws CommandException {
        return ask("GET", path, "");
    }

    public JsonNode ask(String method, String path, String body) throws CommandException {
        var reply = reply(method, path, body);
        var tree = parsed(reply.body());
        if (!reply.isGood()) {
            throw refused(tree.path("error"));
        }
        return tree;
    }

    /**
     * Ask again and again while no keeper answers, as while one is started anew; so only for what may be asked twice.
     *
     * @throws CommandException also when the patience is at its end, or the thread is interrupted
     */
    public JsonNode insist(String method, String path, String body, Duration patience) throws CommandException {
        var start = System.nanoTime();
        while (true) {
            try {
                return ask(method, path, body);
            } catch (CommandException failure) {
                var isAbsent = failure.diagnostics().stream().anyMatch(each -> each.code() == Code.KEEPER_ABSENT);
                if (!isAbsent || System.nanoTime() - start > patience.toNanos() || !PollInterval.of(BETWEEN_TRIES)) {
                    throw failure;
                }
            }
        }
    }

    private static CommandException refused(JsonNode error) {
        return CommandException.failure(Diagnostic.error(
                Code.KEEPER_REFUSED,
                error.path("message").asText("It does not say why."),
                way(error.path("reason").asText())));
    }

    private static String way(String reason) {
        return switch (reason) {
            case "none_ready" -> "Wait longer with --wait, or let the pool keep more guests warm.";
            case "drained" -> "Whoever drained it lends again with paddock pool drain --off POOL.";
            case "too_many" -> "paddock pool list --leases shows yours.";
            case "not_found" -> "paddock pool list shows what there is.";
            case "ended" -> "Acquire another guest.";
            case "not_yours" -> "Only its owner and root may do that.";
            default -> "paddock pool logs tells what the keeper does.";
        };
    }

    private PoolHttpClient.Reply reply(String method, String path, String body) throws CommandException {
        try {
            return PoolHttpClient.ask(socket, method, path, body);
        } catch (IOException nobody) {
            throw absent(socket, nobody);
        }
    }

    static CommandException absent(Path socket, IOException why) {
        return CommandException.failure(Diagnostic.error(
                Code.KEEPER_ABSENT,
                "The keeper does not answer at %s: %s.".formatted(socket, why.getMessage()),
                "Start it with paddock serve, as root, or as a service: paddock serve --unit prints one. Whoever asks"
                        + " it has to be in the group libvirt."));
    }

    private static JsonNode parsed(String body) throws CommandException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException odd) {
            throw CommandException.failure(Diagnostic.error(
                    Code.KEEPER_REFUSED,
                    "What answers there is no keeper: it does not speak JSON.",
                    "See what listens at the socket."));
        }
    }
}
