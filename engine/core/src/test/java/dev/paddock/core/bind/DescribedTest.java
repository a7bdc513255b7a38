package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.XmlWriting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DescribedTest {
    @TempDir
    private Path folder;

    private static Described.Result document(Map<String, Object> fields) {
        return Described.document(TestKind.BOX, "b", fields, new Templates(TestKind.TEMPLATES));
    }

    @Test
    void aDescriptionRendersAsAPlaybookWould() {
        var result = document(Map.of("name", "b", "ports", List.of("1-2", Map.of("from", "3", "to", "4"))));

        assertThat(result).isInstanceOfSatisfying(Described.Result.Document.class, document -> assertThat(
                        XmlWriting.write(document.element()).replaceAll("\\n\\s*", ""))
                .isEqualTo("<box><name>b</name><ports from='1' to='2'/><ports from='3' to='4'/></box>"));
    }

    @Test
    void aDescriptionThatNoPlaybookCouldHoldIsRefused() {
        assertThat(document(Map.of("sise", "3"))).isInstanceOf(Described.Result.Refused.class);
        assertThat(document(Map.of("color", "blue"))).isInstanceOf(Described.Result.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${x}", "a ${ b", "<#if>", "$${{", "<${#", "plain"})
    void aLiteralComesOutAsItIs(String text) {
        var bound = new Playground(folder)
                .bind("boxes:\n  - name: b\n    parts:\n      - |-\n        " + Literal.of(text) + "\n");

        assertThat(bound.diagnostics()).isEmpty();
        assertThat(bound.resources().getFirst().document().childText("part")).contains(text);
    }
}
