package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every control character, in every place that a value can have. */
class ControlCharactersTest {
    private static final List<String> PLACES = List.of(
            "{name: \"aCHARb\"}",
            "{name: \"aCHARb\", state: absent}",
            "{name: a, mode: \"xCHAR\"}",
            "{name: a, mode: \"${v}\"}",
            "{name: a, mode: \"${'x' + v}\"}",
            "{name: a, color: \"redCHAR\"}",
            "{name: a, parts: [\"CHAR\"]}",
            "{name: a, notes: {deep: [\"CHAR\"]}}",
            "{name: a, labels: {'52:54:00:00:00:01': \"xCHAR\"}}",
            "{name: a, xml: \"<box><name>a</name><mode>${v}</mode></box>\"}",
            "{name: a, xml: '<box><name>a</name><mode x=\"&#xCODE;\"/></box>'}",
            "{name: a, xml: '<box><name>a</name><mode>&#xCODE;</mode></box>'}",
            "{name: a, template: own.ftlx}");

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeEach
    void open() {
        playground = new Playground(folder).file("own.ftlx", "<box><name>a</name><mode>${v}</mode></box>");
    }

    @Test
    void noneIsAccepted() {
        for (var character = 0; character <= 0x9f; character++) {
            if (Character.getType(character) != Character.CONTROL || "\t\n\r".indexOf(character) >= 0) {
                continue;
            }
            for (var place : PLACES) {
                var resource = place.replace("CHAR", "\\x%02x".formatted(character))
                        .replace("CODE", "%x".formatted(character));
                var bound =
                        playground.bind("- {vars: {v: \"\\x%02x\"}, boxes: [".formatted(character) + resource + "]}");
                assertThat(bound.hasErrors())
                        .as("U+%04X in %s", character, place)
                        .isTrue();
            }
        }
    }

    @Test
    void tabsAndLineBreaksAreValues() {
        assertThat(playground.mistakes("- boxes: [{name: a, mode: \"x\\ty\\nz\"}]"))
                .isEmpty();
    }
}
