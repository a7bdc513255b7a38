package dev.paddock.host.libvirt.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest says about its first boot, whatever it says. */
class FirstBootResultTest {
    @Test
    void errorsAreReadAsSingleLines() {
        assertThat(FirstBootResult.errors(base64(
                        "{\"v1\": {\"datasource\": \"NoCloud\", \"errors\": [\"one\\n\\u001b[31mtwo\", \"three\"]}}")))
                .containsExactly("one [31mtwo", "three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"v1\": {\"errors\": []}}", "{\"v1\": 7}", "no json"})
    void whatNamesNoErrorsHasNone(String text) {
        assertThat(FirstBootResult.errors(base64(text))).isEmpty();
    }

    @Test
    void whatIsNotEncodedHasNone() {
        assertThat(FirstBootResult.errors("%%%")).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
