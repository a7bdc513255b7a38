package dev.paddock.core.planfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An approved plan: its command line, and a digest of everything it does.
 *
 * <p>It contains no documents and no values of variable files. Applying it plans again from the same files, and fails if
 * the digest differs, because the host or the files have changed.
 *
 * @param arguments the command line of the plan, without the name of the command and its output options
 * @param digest the {@link dev.paddock.core.plan.HostPlan#digest} by the name of the host
 */
public record SavedPlan(List<String> arguments, Map<String, String> digest) {
    /** The first key of the file, which identifies it. */
    public static final String MARK = "paddock_plan";

    private static final String FORMAT = "1";
    private static final long MAX_SIZE = 64L << 20;

    public SavedPlan {
        arguments = List.copyOf(arguments);
        digest = Map.copyOf(digest);
    }

    /** Return the content of the file as plain maps and lists; {@code shown} is the plan in readable form. */
    public Map<String, @Nullable Object> content(@Nullable Object shown) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put(MARK, FORMAT);
        content.put("arguments", arguments);
        content.put("digest", digest);
        content.put("plan", shown);
        return content;
    }

    /** Return whether a file looks like a saved plan rather than a playbook. */
    public static boolean isSaved(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            var start = new String(in.readNBytes(200), StandardCharsets.UTF_8);
            return start.stripLeading().startsWith("{") && start.contains('"' + MARK + '"');
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Read a file; return empty if it is no saved plan of a known format. */
    public static Optional<SavedPlan> read(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            return Optional.empty();
        }
        try (var parser = new JsonFactory().createParser(Files.readAllBytes(file))) {
            List<String> arguments = new ArrayList<>();
            Map<String, String> digest = new LinkedHashMap<>();
            var format = "";
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case MARK -> format = parser.getText();
                    case "arguments" -> texts(parser, arguments);
                    case "digest" -> pairs(parser, digest);
                    default -> parser.skipChildren();
                }
            }
            return format.equals(FORMAT) && !digest.isEmpty()
                    ? Optional.of(new SavedPlan(arguments, digest))
                    : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private static void texts(JsonParser parser, List<String> into) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
            into.add(parser.getText());
        }
    }

    private static void pairs(JsonParser parser, Map<String, String> into) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            parser.nextToken();
            into.put(key, parser.getText());
        }
    }
}
