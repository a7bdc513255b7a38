package dev.paddock.pool.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.pool.service.AcquireRequest;
import dev.paddock.pool.service.ForkRequest;
import dev.paddock.pool.slot.ClaimRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Parses requests. Rejects what it does not know, as ignoring it would not do what the client meant. */
final class RequestParser {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final int MAX_REQUEST_ID = 200;
    private static final int MAX_FORKS = 1000;
    private static final long MAX_SECONDS = Duration.ofDays(365).toSeconds();

    private RequestParser() {}

    /** Parse a body as a JSON object; an empty body is an empty object. */
    static JsonNode parse(String body) {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            var tree = MAPPER.readTree(body);
            if (!tree.isObject()) {
                throw new BadRequestException("The request is to be a JSON object.");
            }
            return tree;
        } catch (JsonProcessingException malformed) {
            // The message of the exception quotes the request, which may be secret.
            var location = malformed.getLocation();
            throw new BadRequestException(
                    location == null
                            ? "The request is not JSON."
                            : "The request is not JSON, from line %d, column %d on."
                                    .formatted(location.getLineNr(), location.getColumnNr()));
        }
    }

    static AcquireRequest acquireRequest(String pool, String owner, JsonNode body) {
        requireKnown(body, "requestId", "seconds", "waitSeconds", "hostname", "variables", "authorizedKeys");
        var requestId = text(body, "requestId").orElse("");
        if (requestId.length() > MAX_REQUEST_ID) {
            throw new BadRequestException("\"requestId\" has %d letters at most.".formatted(MAX_REQUEST_ID));
        }
        return new AcquireRequest(
                pool,
                owner,
                requestId,
                seconds(body, "seconds", 1),
                seconds(body, "waitSeconds", 0),
                new ClaimRequest(Optional.empty(), text(body, "hostname"), variables(body), keys(body), false));
    }

    static ForkRequest forkRequest(String lease, String owner, JsonNode body) {
        requireKnown(body, "count", "seconds", "keep");
        var keep = text(body, "keep");
        return new ForkRequest(lease, owner, count(body, keep.isPresent() ? 0 : 1), seconds(body, "seconds", 1), keep);
    }

    /** Parse a request to fork a state that was kept. */
    static ForkRequest keptRequest(String state, String owner, JsonNode body) {
        requireKnown(body, "count", "seconds");
        return new ForkRequest(state, owner, count(body, 1), seconds(body, "seconds", 1));
    }

    private static int count(JsonNode body, int least) {
        var count = body.get("count");
        if (count != null
                && (!count.isIntegralNumber() || count.longValue() < least || count.longValue() > MAX_FORKS)) {
            throw new BadRequestException(
                    "\"count\" is to be a number of leases, from %d to %d.".formatted(least, MAX_FORKS));
        }
        return count == null ? least : count.intValue();
    }

    /** Return whether a request to release a guest discards the results. */
    static boolean discardsResults(Request request) {
        return switch (Optional.ofNullable(
                        Request.extractQueryParameters(request).getValue("results"))
                .orElse("keep")) {
            case "keep" -> false;
            case "discard" -> true;
            default -> throw new BadRequestException("\"results\" is keep or discard.");
        };
    }

    /** Return a duration from a body, in which only the fields {@code known} may be. */
    static Optional<Duration> duration(JsonNode body, String name, String... known) {
        requireKnown(body, known);
        return seconds(body, name, 1);
    }

    private static void requireKnown(JsonNode body, String... names) {
        var known = List.of(names);
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new BadRequestException(
                        "\"" + name + "\" is not understood. There are: " + String.join(", ", known) + ".");
            }
        });
    }

    private static Optional<String> text(JsonNode body, String name) {
        var node = body.get(name);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new BadRequestException("\"" + name + "\" is to be a text.");
        }
        return Optional.of(node.textValue());
    }

    private static Optional<Duration> seconds(JsonNode body, String name, long min) {
        var node = body.get(name);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber() || node.longValue() < min || node.longValue() > MAX_SECONDS) {
            throw new BadRequestException(
                    "\"%s\" is to be a number of seconds, from %d to %d.".formatted(name, min, MAX_SECONDS));
        }
        return Optional.of(Duration.ofSeconds(node.longValue()));
    }

    private static Map<String, String> variables(JsonNode body) {
        var node = body.get("variables");
        Map<String, String> variables = new LinkedHashMap<>();
        if (node == null || node.isNull()) {
            return variables;
        }
        if (!node.isObject()) {
            throw new BadRequestException("\"variables\" is to be an object of names and texts.");
        }
        node.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw new BadRequestException("The variable \"" + entry.getKey() + "\" is to be a text.");
            }
            variables.put(entry.getKey(), entry.getValue().textValue());
        });
        return variables;
    }

    private static List<String> keys(JsonNode body) {
        var node = body.get("authorizedKeys");
        List<String> keys = new ArrayList<>();
        if (node == null || node.isNull()) {
            return keys;
        }
        if (!node.isArray()) {
            throw new BadRequestException("\"authorizedKeys\" is to be a list of texts.");
        }
        node.forEach(key -> {
            if (!key.isTextual()) {
                throw new BadRequestException("Each of \"authorizedKeys\" is to be a text.");
            }
            keys.add(key.textValue());
        });
        return keys;
    }

    /** Return a number from a query; {@code otherwise} when it is absent. */
    static long number(@Nullable String text, String name, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,15}")) {
            throw new BadRequestException("\"" + name + "\" is to be a number.");
        }
        return Long.parseLong(text);
    }
}
