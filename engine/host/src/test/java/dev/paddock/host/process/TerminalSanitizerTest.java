package dev.paddock.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalSanitizerTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    "plain, été", "plain, été"
                    "a\33[2Jb\33[0;31mc", abc
                    "\33ca\33(Bb", ab
                    "a\33]0;title\7b", ab
                    "a\33]52;c;x\33\\\\b", ab
                    "a\2332Jb\7\177", a2Jb
                    "a\\r\\tb", "a\\tb"
                    """)
    void commandsToTheTerminalAreLeftOut(String given, String kept) {
        assertThat(TerminalSanitizer.text(given.translateEscapes().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(kept.translateEscapes());
    }
}
