package dev.paddock.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void plainValuesBecomeIndentedJson() {
        assertThat(Json.write(Map.of("a", List.of("x\"\n", 1, true)))).isEqualToNormalizingNewlines("""
                {
                  "a" : [ "x\\"\\n", 1, true ]
                }""");
    }
}
