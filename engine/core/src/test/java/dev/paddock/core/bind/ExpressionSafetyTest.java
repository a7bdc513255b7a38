package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionSafetyTest {
    @TempDir
    private Path folder;

    private Playground playground = new Playground(Path.of("."));

    @BeforeEach
    void makePlayground() {
        playground = new Playground(folder);
    }

    private String onlyMistake(String expression) {
        var mistakes = playground.mistakes("- boxes:\n  - name: b\n    mode: |-\n      " + expression + "\n");
        assertThat(mistakes).hasSize(1);
        return mistakes.getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'freemarker.template.utility.Execute'?new()('id')}",
                "${'freemarker.template.utility.ObjectConstructor'?new()('java.io.File', '/')}",
                "${'freemarker.template.utility.JythonRuntime'?new()}",
                "${host?api.class}",
                "<#include '/etc/passwd'>",
                "<#import '/etc/passwd' as x>",
                "${\"'freemarker.template.utility.Execute'?new()('id')\"?eval}",
                "<#assign x=\"$\\{'freemarker.template.utility.Execute'?new()('id')}\"?interpret><@x/>",
            })
    void classesAndFilesAreOutOfReach(String expression) {
        assertThat(onlyMistake(expression)).startsWith("UNSAFE_EXPRESSION play.yaml:4:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${1 +}",
                "${foo bar}",
                "${host",
                "${host.name.x}",
                "${1/0}",
                "<#if>",
                "<#bogus>",
                "${'a'?matches('(')}",
                "${'1e999999999'?number + 1}",
                "<#if host.name>x</#if>",
                "<#macro m><@m/></#macro><@m/>",
                "${host.name?number}",
            })
    void badExpressionsAreToldWithoutFreemarkersDumps(String expression) {
        assertThat(onlyMistake(expression))
                .startsWith("BAD_EXPRESSION play.yaml:4:")
                .doesNotContain("FTL", "freemarker", "wrapper", "----", "\n", "Tip:", "==>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${(1..1000000000)?join(',')}",
                "<#list 1..1000000000 as i>${i}</#list>",
                "<#list 1..1000000000 as i></#list>",
                "${'x'?left_pad(100000000)}",
                "<#assign s='x'><#list 1..60 as i><#assign s=s+s></#list>",
                "${1..1000000000}",
            })
    void whatWouldGrowForeverIsStopped(String expression) {
        playground.longest(Duration.ofMillis(300));

        assertThat(onlyMistake(expression)).startsWith("BAD_EXPRESSION play.yaml:4:");
    }

    @Test
    void whatDoesNotHeedAnInterruptIsAbandoned() {
        playground.longest(Duration.ofMillis(100));

        assertThat(onlyMistake("${(1..2000000000)?map(x -> 'a')?filter(x -> false)?size}"))
                .contains("BAD_EXPRESSION play.yaml:4:7 ");
    }

    @Test
    void aTextThatGrowsThroughVariablesIsBounded() {
        var vars = new StringBuilder("- vars:\n    v0: xxxxxxxxxx\n");
        for (var i = 1; i < 40; i++) {
            vars.append("    v%d: ${v%d}${v%d}%n".formatted(i, i - 1, i - 1));
        }

        assertThat(playground.mistakes(vars + "  boxes: [{name: b}]\n"))
                .singleElement()
                .asString()
                .contains("Its result is longer than");
    }

    @Test
    void structuresThatGrowThroughVariablesAreBounded() {
        var vars = new StringBuilder("- vars:\n    v0: [x, x]\n");
        for (var i = 1; i < 40; i++) {
            vars.append("    v%d: [\"${v%d}\", \"${v%d}\"]%n".formatted(i, i - 1, i - 1));
        }

        assertThat(playground.mistakes(vars + "  boxes: [{name: b}]\n"))
                .singleElement()
                .asString()
                .startsWith("YAML_TOO_LARGE");
    }

    @Test
    void columnsPointIntoTheExpression() {
        assertThat(onlyMistake("abc ${host.name} ${nothing}")).startsWith("UNDEFINED_VARIABLE play.yaml:4:26");
    }
}
