package dev.paddock.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(Set<Console.Terminal> terminals) {
        return new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminals,
                true);
    }

    @Test
    void noCharacterThatControlsATerminalReachesOne() {
        var console = console(Set.of(Console.Terminal.values()));
        for (var point = 0; point <= Character.MAX_CODE_POINT; point++) {
            var hidden =
                    switch (Character.getType(point)) {
                        case Character.CONTROL -> point != '\n' && point != '\t';
                        case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                        default -> false;
                    };
            if (!hidden) {
                continue;
            }
            var character = Character.toString(point);
            var text = "a" + character + "b";
            console.print(text);
            console.write(text);
            console.writeFile(text);
            console.printJson(Map.of(text, text));
            console.tell(text);
            console.tellPart(text);
            assertThat(out.toString(StandardCharsets.UTF_8)).as("U+%04X", point).doesNotContain(character);
            assertThat(err.toString(StandardCharsets.UTF_8)).as("U+%04X", point).doesNotContain(character);
            out.reset();
            err.reset();
        }
    }

    @Test
    void sequencesOtherThanOwnStylesAreShown() {
        assertThat(VisibleText.of("\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b[2J", true))
                .isEqualTo("\u001b[31mred\u001b[0m \\u001B]0;title\\u0007 \\u001B[2J");
        assertThat(VisibleText.of("\u001b[31mred", false)).isEqualTo("\\u001B[31mred");
    }

    @Test
    void ordinaryTextStays() {
        var text = "ä ø 漢字 🎉\n\tx";
        assertThat(VisibleText.of(text, false)).isSameAs(text);
    }

    @Test
    void aFileIsWrittenExactly() {
        console(Set.of()).writeFile("a\u202eb");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\u202eb");
    }
}
