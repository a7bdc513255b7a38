package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.core.jsonschema.JsonSchema;
import dev.paddock.session.Kinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The patterns of the published JSON Schema are regular expressions of ECMA-262 (JSON Schema, section 6.4), which editors
 * compile with the flag u. What Java has beyond these is refused there.
 */
class SchemaPatternsTest {
    /** Groups that ECMA-262 has: capturing, not capturing, looking ahead and behind, and named. */
    private static final Pattern GROUP = Pattern.compile("\\(\\?(?!:|=|!|<=|<!|<[A-Za-z])");

    private static final Pattern POSSESSIVE = Pattern.compile("[*+?}]\\+");
    /** Escapes outside and inside of classes, with the flag u. */
    private static final String ESCAPES = "dDsSwWbBnrtfv0123456789cxukpP^$\\.*+?()[]{}|/";

    @Test
    void everyPatternIsOneOfJavaScript() throws IOException {
        List<String> patterns = new ArrayList<>();
        collect(new ObjectMapper().readTree(JsonSchema.of(Kinds.all())), patterns);
        assertThat(patterns).hasSizeGreaterThan(30).allSatisfy(pattern -> {
            assertThat(pattern).doesNotContainPattern(GROUP);
            assertThat(withoutClasses(pattern)).doesNotContainPattern(POSSESSIVE);
            assertThat(unknownEscapes(pattern)).as(pattern).isEmpty();
        });
    }

    private static void collect(JsonNode node, List<String> patterns) {
        node.properties().forEach(field -> {
            if (field.getKey().equals("pattern") && field.getValue().isTextual()) {
                patterns.add(field.getValue().asText());
            } else {
                collect(field.getValue(), patterns);
            }
        });
        if (node.isArray()) {
            node.forEach(item -> collect(item, patterns));
        }
    }

    private static String withoutClasses(String pattern) {
        return pattern.replaceAll("\\\\.", "x").replaceAll("\\[[^]]*]", "x");
    }

    private static List<String> unknownEscapes(String pattern) {
        List<String> unknown = new ArrayList<>();
        var isInClass = false;
        for (var i = 0; i < pattern.length(); i++) {
            var character = pattern.charAt(i);
            if (character == '\\') {
                i++;
                var escaped = pattern.charAt(i);
                if (ESCAPES.indexOf(escaped) < 0 && !(isInClass && escaped == '-')) {
                    unknown.add("\\" + escaped);
                }
            } else if (character == '[') {
                isInClass = true;
            } else if (character == ']') {
                isInClass = false;
            }
        }
        return unknown;
    }
}
