package dev.paddock.pool.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paddock.pool.service.AcquireRequest;
import dev.paddock.pool.slot.ClaimRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads what is asked. What is not understood is refused, as whoever wrote it meant something by it. */
final class RequestParser {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final int LONGEST_REQUEST = 200;
    private static final long LONGEST_TIME = Duration.ofDays(365).toSeconds();

    private RequestParser() {}

    /** Return what a body says; one that is empty says nothing. */
    static JsonNode parsed(String body) {
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
            // Its message quotes what was sent, which may be secret.
            var where = malformed.getLocation();
            throw new BadRequestException(
                    where == null
                            ? "The request is not JSON."
                            : "The request is not JSON, from line %d, column %d on."
                                    .formatted(where.getLineNr(), where.getColumnNr()));
        }
    }

    static AcquireRequest asking(String pool, String owner, JsonNode body) {
        known(body, "requestId", "seconds", "waitSeconds", "hostname", "variables", "authorizedKeys");
        var request = text(body, "requestId").orElse("");
        if (request.length() > LONGEST_REQUEST) {
            throw new BadRequestException("\"requestId\" has %d letters at most.".formatted(LONGEST_REQUEST));
        }
        return new AcquireRequest(
                pool,
                owner,
                request,
                seconds(body, "seconds", 1),
                seconds(body, "waitSeconds", 0),
                new ClaimRequest(Optional.empty(), text(body, "hostname"), variables(body), keys(body), false));
    }

    /** Return whether a request to give a guest back says that it wants no results. */
    static boolean discards(Request request) {
        return switch (Optional.ofNullable(
                        Request.extractQueryParameters(request).getValue("results"))
                .orElse("keep")) {
            case "keep" -> false;
            case "discard" -> true;
            default -> throw new BadRequestException("\"results\" is keep or discard.");
        };
    }

    /** Return the time that a body says, in which nothing else may be. */
    static Optional<Duration> time(JsonNode body, String name, String... names) {
        known(body, names);
        return seconds(body, name, 1);
    }

    private static void known(JsonNode body, String... names) {
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

    private static Optional<Duration> seconds(JsonNode body, String name, long least) {
        var node = body.get(name);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber() || node.longValue() < least || node.longValue() > LONGEST_TIME) {
            throw new BadRequestException(
                    "\"%s\" is to be a number of seconds, from %d to %d.".formatted(name, least, LONGEST_TIME));
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

    /** Return the number in a query. */
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
