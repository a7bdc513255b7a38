package dev.paddock.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.core.bind.Playground;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VariablesTest {
    @TempDir
    private Path folder;

    private Playground playground = new Playground(Path.of("."));

    @BeforeEach
    void makePlayground() {
        playground = new Playground(folder);
    }

    @Test
    void scalarsComeOutAsTheyWereWritten() {
        var document = playground.document("""
                - vars: {a: 0644, b: no, c: 52:54:00:12:34:56, d: 1.10, e: 0x1F, f: 1_000, g: "quoted"}
                  boxes:
                    - name: b
                      parts: ["${a}", "${b}", "${c}", "${d}", "${e}", "${f}", "${g}", "${a} ${d}", 010, on, ~x]
                """);

        assertThat(document)
                .isEqualTo("<box><name>b</name><part>0644</part><part>no</part><part>52:54:00:12:34:56</part>"
                        + "<part>1.10</part><part>0x1F</part><part>1_000</part><part>quoted</part>"
                        + "<part>0644 1.10</part><part>010</part><part>on</part><part>~x</part></box>");
    }

    @Test
    void numbersAreComputedWithAndPrintedWithoutGrouping() {
        assertThat(playground.document("""
                        - vars: {size: 1048576, half: 0.5}
                          boxes:
                            - {name: b, size: "${size * 2}", mode: "${half + 1}/${size}"}
                        """))
                .isEqualTo("<box><name>b</name><size>2097152</size><mode>1.5/1048576</mode></box>");
    }

    @Test
    void aVariableSeesTheWinningValueOfEveryOther() {
        playground.extra("subnet", "10.0.0");

        assertThat(playground.document("""
                        - vars: {gateway: "${subnet}.1", subnet: 192.168.1}
                          boxes: [{name: b, mode: "${gateway}"}]
                        """)).contains("<mode>10.0.0.1</mode>");
    }

    @Test
    void aVariableThatNamesItselfMeansTheOneItReplaces() {
        playground.inventory("hosts: {local: {vars: {path: /a}}}");

        assertThat(playground.document("""
                        - vars: {path: "${path}/b"}
                          boxes: [{name: b, mode: "${path}"}]
                        """)).contains("<mode>/a/b</mode>");
    }

    @Test
    void aCircleOfVariablesIsToldOnce() {
        assertThat(playground.mistakes("""
                        - vars:
                            a: ${b}
                            b: ${a}
                          boxes: [{name: b, mode: "${a}"}]
                        """))
                .singleElement()
                .asString()
                .startsWith("BAD_EXPRESSION play.yaml:2:5 The variable 'a' is computed from itself.");
    }

    @Test
    void precedenceRisesFromGroupsToTheCommandLine() {
        playground
                .inventory("""
                        hosts: {web: {uri: "test:///default", vars: {b: host, c: host, d: host, e: host, f: host}}}
                        groups:
                          inner: {hosts: [web], vars: {a: inner, z: inner}}
                          outer: {groups: [inner], vars: {a: outer, y: outer, z: outer}}
                          all: {vars: {x: all, y: all}}
                        """)
                .file("vars.yaml", "c: file\nd: file\ne: file\nf: file\n")
                .extraFile("extra.yaml", "e: extra file\nf: extra file\n")
                .extra("f", "extra");

        assertThat(playground.document("""
                        - hosts: web
                          vars_files: vars.yaml
                          vars: {d: play, e: play, f: play}
                          boxes: [{name: b, mode: "${x} ${y} ${z} ${a} ${b} ${c} ${d} ${e} ${f}"}]
                        """))
                .contains("<mode>all outer inner inner host file play extra file extra</mode>");
    }

    @Test
    void anExpressionAloneYieldsItsStructure() {
        assertThat(playground.document("""
                        - vars:
                            common: [1-2, {from: 3, to: 4}]
                            wanted: "${common + ['5-6']}"
                          boxes: [{name: b, ports: "${wanted}"}]
                        """))
                .isEqualTo("<box><name>b</name><ports from='1' to='2'/><ports from='3' to='4'/>"
                        + "<ports from='5' to='6'/></box>");
    }

    @Test
    void resourcesMayComeFromAVariable() {
        assertThat(playground.resources(playground.bind("""
                        - vars: {extra: [{name: x}, {name: y}], one: {name: z}}
                          boxes: ["${extra[0]}", "${one}"]
                        - vars: {extra: [{name: p}]}
                          boxes: ${extra}
                        """)))
                .containsExactly("box/x@local", "box/z@local", "box/p@local");
    }

    @Test
    void whatAnExpressionYieldsIsNotEvaluatedAgain() {
        playground.extra("raw", "plain");

        assertThat(playground.document("""
                        - vars: {raw: x, item: {name: b, mode: "${r'${raw}'}"}}
                          boxes: ["${item}"]
                        """)).contains("<mode>${raw}</mode>");
    }

    @Test
    void anUndefinedVariableIsToldWithTheNearestName() {
        assertThat(playground.mistakes("""
                        - vars: {subnet: 1, other: 2}
                          boxes:
                            - name: b
                              mode: a ${subnte}
                        """))
                .containsExactly("UNDEFINED_VARIABLE play.yaml:4:17 There is no variable 'subnte'; did you mean"
                        + " 'subnet'? | Write 'subnet'.");
    }

    @Test
    void anUndefinedVariableWithoutANearNameIsToldWithAllThatThereAre() {
        assertThat(playground.mistakes("""
                        - vars: {subnet: 1, other: 2}
                          boxes: [{name: b, mode: "${zzzzzz}"}]
                        """))
                .containsExactly("UNDEFINED_VARIABLE play.yaml:2:30 There is no variable 'zzzzzz'. | There are: host,"
                        + " other, subnet.");
    }

    @Test
    void anUndefinedKeyOfAVariableIsToldWithTheKeysThatThereAre() {
        assertThat(playground.mistakes("""
                        - vars: {net: {name: x, range: y}}
                          boxes: [{name: b, mode: "${net.nmae}"}]
                        """))
                .containsExactly("UNDEFINED_VARIABLE play.yaml:2:30 The variable 'net' has no key 'nmae'; did you mean"
                        + " 'name'? | Write 'name'.");
    }

    @Test
    void anEmptyVariableIsToldToBeEmpty() {
        assertThat(playground.mistakes("- {vars: {net: }, boxes: [{name: b, mode: \"${net}\"}]}"))
                .singleElement()
                .asString()
                .contains("The variable 'net' is empty.");
    }

    @Test
    void aDefaultStandsInForWhatIsMissing() {
        assertThat(playground.document("- {vars: {net: }, boxes: [{name: b, mode: \"${net!'n'}${other!'o'}\"}]}"))
                .contains("<mode>no</mode>");
    }

    @Test
    void aMistakeInAVariableIsNotToldAgainWhereItIsUsed() {
        assertThat(playground.mistakes("""
                        - vars: {a: "${missing}", b: "${a}"}
                          boxes: [{name: b, mode: "${a} ${b}"}]
                        """))
                .singleElement()
                .asString()
                .startsWith("UNDEFINED_VARIABLE play.yaml:1:16 There is no variable 'missing'");
    }

    @Test
    void mistakesInVariablesThatNothingUsesAreTold() {
        assertThat(playground.mistakes("- {vars: {a: \"${missing}\"}, boxes: [{name: b}]}"))
                .hasSize(1);
    }

    @Test
    void aNameThatNoExpressionCouldUseIsRefused() {
        assertThat(playground.mistakes("- {vars: {a-b: 1, host: 2, 3x: 4}, boxes: [{name: b}]}"))
                .hasSize(3)
                .allMatch(told -> told.startsWith("BAD_VALUE play.yaml:1:"));
    }

    @Test
    void theHostIsAlwaysThere() {
        playground.inventory("hosts: {web1: {uri: 'qemu+ssh://root@${host.name}/system'}}");

        assertThat(playground.document("- {hosts: web1, boxes: [{name: b, mode: \"${host.name} ${host.uri}\"}]}"))
                .contains("<mode>web1 qemu+ssh://root@web1/system</mode>");
    }

    @Test
    void secretsAreCollectedAndHiddenInMessages() {
        var bound = playground.bind("""
                - vars: {password: !secret hunter2222, user: root}
                  boxes:
                    - {name: b, color: "${password}", size: "${user}:${password}", mode: "${password?upper_case}"}
                    - {name: c, color: !secret "${user}word"}
                """);

        assertThat(bound.secrets()).containsExactlyInAnyOrder("hunter2222", "HUNTER2222", "rootword");
        assertThat(playground.told(bound))
                .hasSize(3)
                .noneMatch(told -> told.contains("unter2222") || told.contains("rootword"));
        assertThat(bound.toString()).doesNotContain("hunter2222");
    }

    @Test
    void variablesOfTheCommandLineAreTyped() {
        playground.extra("enabled", "true").extra("count", "3");

        assertThat(playground.resources(
                        playground.bind("- boxes: [{name: a, when: enabled}, {name: b, when: count > 2}]")))
                .containsExactly("box/a@local", "box/b@local");
    }
}
