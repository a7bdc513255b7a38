package dev.paddock.cli.poolclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.host.process.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Sends the requests of a command to the pool server, and turns its rejections into diagnostics. */
public final class PoolClient {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Path socket;

    private PoolClient(Path socket) {
        this.socket = socket;
    }

    /** Return a client of the pool server of the command's libvirt. Starts that of a lab if it does not run. */
    public static PoolClient of(Invocation invocation) throws CommandException {
        var socket = PoolSocket.of(invocation.hostUri());
        if (invocation.globals().lab().isPresent()) {
            LabPoolServer.ensureStarted(invocation.globals().lab().get(), socket, invocation.console());
        }
        return new PoolClient(socket);
    }

    /** Return the response to a GET request. */
    public JsonNode get(String path) throws CommandException {
        return ask("GET", path, "");
    }

    /**
     * Return the response to a request.
     *
     * @throws CommandException if no pool server responds, or it rejects the request
     */
    public JsonNode ask(String method, String path, String body) throws CommandException {
        var reply = reply(method, path, body);
        var tree = parse(reply.body());
        if (!reply.isGood()) {
            throw rejected(tree.path("error"));
        }
        return tree;
    }

    /**
     * Return the response to a request, repeating it while no pool server responds, as during a restart. The request
     * has to be idempotent.
     *
     * @throws CommandException also if the timeout ends, or the thread is interrupted
     */
    public JsonNode askUntilAvailable(String method, String path, String body, Duration timeout)
            throws CommandException {
        var deadline = Deadline.after(timeout);
        while (true) {
            try {
                return ask(method, path, body);
            } catch (CommandException failure) {
                var isAbsent = failure.diagnostics().stream().anyMatch(each -> each.code() == Code.POOL_SERVER_ABSENT);
                if (!isAbsent || !deadline.pause(BETWEEN_TRIES)) {
                    throw failure;
                }
            }
        }
    }

    private static CommandException rejected(JsonNode error) {
        return CommandException.failure(Diagnostic.error(
                Code.POOL_SERVER_REFUSED,
                error.path("message").asText("It does not say why."),
                fix(error.path("reason").asText())));
    }

    private static String fix(String reason) {
        return switch (reason) {
            case "none_ready" -> "Wait longer with --wait, or let the pool keep more guests warm.";
            case "drained" -> "To lease again: paddock pool drain --off POOL.";
            case "too_many" -> "paddock pool list --leases shows yours.";
            case "not_found" -> "paddock pool list shows what there is.";
            case "ended" -> "Acquire another guest.";
            case "fork_failed" -> "Fix what the reason names, and fork again; or acquire clean guests.";
            case "not_yours" -> "Only its owner and root may do that.";
            default -> "paddock pool logs shows what the pool server does.";
        };
    }

    private PoolHttpClient.Reply reply(String method, String path, String body) throws CommandException {
        try {
            return PoolHttpClient.ask(socket, method, path, body);
        } catch (IOException failure) {
            throw absent(socket, failure);
        }
    }

    static CommandException absent(Path socket, IOException cause) {
        return CommandException.failure(Diagnostic.error(
                Code.POOL_SERVER_ABSENT,
                "The pool server does not answer at %s: %s.".formatted(socket, cause.getMessage()),
                "Start it with paddock serve, as root, or as a service: paddock serve --unit prints one. Its users"
                        + " have to be in the group libvirt."));
    }

    private static JsonNode parse(String body) throws CommandException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw CommandException.failure(Diagnostic.error(
                    Code.POOL_SERVER_REFUSED,
                    "What answers there is not a pool server: it does not speak JSON.",
                    "See what listens at the socket."));
        }
    }
}
