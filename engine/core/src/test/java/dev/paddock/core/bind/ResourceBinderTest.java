package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.DesiredState;
import dev.paddock.core.resource.ChangePolicy;
import dev.paddock.core.resource.InventoryHost;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceBinderTest {
    @TempDir
    private Path folder;

    private Playground playground = new Playground(Path.of("."));

    @BeforeEach
    void makePlayground() {
        playground = new Playground(folder);
    }

    @Test
    void aResourceSaysAllThatAPlanNeeds() {
        var bound = playground.bind("""
                - name: Boxes
                  project: depot
                  tags: [b, a]
                  boxes:
                    - name: crate
                      state: stopped
                      autostart: yes
                      protect: true
                      on_change: next-boot
                      tags: c
                      uuid: 00000000-0000-0000-0000-000000000001
                """);

        var crate = bound.resources().getFirst();
        assertThat(crate.id()).hasToString("box/crate");
        assertThat(crate.host()).isEqualTo(new InventoryHost("local", "qemu:///system"));
        assertThat(crate.project()).isEqualTo("depot");
        assertThat(crate.place().line()).isEqualTo(5);
        assertThat(crate.state()).isEqualTo(DesiredState.INACTIVE);
        assertThat(crate.autostart()).contains(true);
        assertThat(crate.protect()).isTrue();
        assertThat(crate.onChange()).isEqualTo(ChangePolicy.NEXT_BOOT);
        assertThat(crate.tags()).containsExactly("a", "b", "c");
        assertThat(crate.uuid()).contains("00000000-0000-0000-0000-000000000001");
        assertThat(bound.diagnostics()).isEmpty();
    }

    @Test
    void whatIsNotSaidHasADefault() {
        var crate = playground.bind("boxes: [{name: crate}]").resources().getFirst();

        assertThat(crate.project()).isEqualTo("default");
        assertThat(crate.state()).isEqualTo(DesiredState.ACTIVE);
        assertThat(crate.autostart()).isEqualTo(Optional.empty());
        assertThat(crate.protect()).isFalse();
        assertThat(crate.onChange()).isEqualTo(ChangePolicy.RESTART);
        assertThat(crate.uuid()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"active, ACTIVE", "running, ACTIVE", "inactive, INACTIVE", "stopped, INACTIVE", "absent, ABSENT"})
    void statesHaveTwoWords(String word, DesiredState state) {
        assertThat(playground
                        .bind("boxes: [{name: crate, state: " + word + "}]")
                        .resources()
                        .getFirst()
                        .state())
                .isEqualTo(state);
    }

    @Test
    void whatHasNoStateIsPresentOrAbsent() {
        assertThat(playground.mistakes("""
                        lids:
                          - {name: a, fits: x, state: running}
                          - {name: b, fits: x, autostart: true}
                          - {name: c, fits: x, state: present}
                          - {name: d, state: absent}
                        """))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("BAD_VALUE play.yaml:2:31 "),
                        second -> assertThat(second).startsWith("UNKNOWN_KEY play.yaml:3:24 Unknown key 'autostart'"));
    }

    @Test
    void shortFormsAreSpelledOutAndSingleItemsStandInLists() {
        assertThat(playground.document("boxes: [{name: b, ports: 10-20, mac: \"52:54:00:AB:CD:EF\"}]"))
                .isEqualTo("<box><name>b</name><mac address='52:54:00:ab:cd:ef'/><ports from='10' to='20'/></box>");
    }

    @Test
    void keysOfMappingsAreNormalized() {
        assertThat(playground.document("boxes: [{name: b, labels: {52:54:00:AB:CD:EF: x}}]"))
                .contains("<label mac='52:54:00:ab:cd:ef'>x</label>");
    }

    @Test
    void keysThatMeanTheSameAreRefused() {
        assertThat(playground.mistakes("boxes: [{name: b, labels: {52:54:00:AB:CD:EF: x, 52:54:00:ab:cd:ef: y}}]"))
                .singleElement()
                .asString()
                .startsWith("YAML_DUPLICATE_KEY play.yaml:1:50 ");
    }

    @Test
    void valuesAreEscaped() {
        assertThat(playground.document("boxes: [{name: b, parts: ['<a href=\"x\">&']}]"))
                .contains("<part>&lt;a href=&quot;x&quot;&gt;&amp;</part>");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(playground.mistakes("""
                        - boxes:
                            - name: one
                              sise: 3
                              color: gren
                            - name: two
                              size: large
                              ports: [1-2, x, {from: 1, too: 2}]
                              parts: {a: b}
                            - colour: red
                          hots: web
                          lids:
                            - name: l
                        """))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_KEY play.yaml:10:3 Unknown key 'hots'; did you mean 'hosts'? | Write 'hosts'.",
                        "UNKNOWN_KEY play.yaml:3:7 Unknown key 'sise'; did you mean 'size'? | Write 'size'.",
                        "BAD_VALUE play.yaml:4:14 'gren' is not a color. No other color is known. | Write 'green'.",
                        "BAD_VALUE play.yaml:6:13 'large' is not a whole number. It has other characters than digits."
                                + " | Write a whole number.",
                        "BAD_VALUE play.yaml:7:20 'x' is not of the form 10-20. | Write it like that, or as a mapping"
                                + " with from, to.",
                        "UNKNOWN_KEY play.yaml:7:33 Unknown key 'too'; did you mean 'to'? | Write 'to'.",
                        "MISSING_KEY play.yaml:7:23 The key 'to' is missing here. | Add it: The last.",
                        "WRONG_SHAPE play.yaml:8:14 Expected a list here, and found a mapping. | Write a list.",
                        "UNKNOWN_KEY play.yaml:9:7 Unknown key 'colour'; did you mean 'color'? | Write 'color'.",
                        "MISSING_KEY play.yaml:9:7 The box has no name. | Add 'name: ...'.",
                        "MISSING_KEY play.yaml:12:7 The key 'fits' is missing here. | Add it: The box that it fits.");
    }

    @Test
    void anUnknownKeyWithoutANearOneIsToldWithAllThatThereAre() {
        assertThat(playground.mistakes("lids: [{name: l, fits: x, zzzzzzzz: 1}]"))
                .containsExactly("UNKNOWN_KEY play.yaml:1:27 Unknown key 'zzzzzzzz'. | There are: fits, for_each, name,"
                        + " on_change, protect, state, tags, template, validate, values, when,"
                        + " xml.");
    }

    @Test
    void whatIsToldByTheTemplateIsToldAtTheResource() {
        assertThat(playground.mistakes("boxes:\n  - {name: b, color: blue}\n"))
                .singleElement()
                .asString()
                .startsWith("TEMPLATE_FAILED play.yaml:2:5 ")
                .contains("Blue boxes are sold out.");
    }

    @Test
    void whatXmlCannotHoldIsRefused() {
        assertThat(playground.mistakes("boxes: [{name: b, mode: \"a\\u0001\"}]"))
                .singleElement()
                .asString()
                .startsWith("CONTROL_CHARACTER play.yaml:1:25 This value has the control character U+0001");
    }

    @ParameterizedTest
    @CsvSource({"'a/b'", "..", "' '", "'\"a\\nb\"'"})
    void namesThatLibvirtRefusesAreRefused(String name) {
        assertThat(playground.mistakes("boxes: [{name: " + (name.isBlank() ? "' '" : name) + "}]"))
                .singleElement()
                .asString()
                .startsWith("BAD_VALUE play.yaml:1:16 ");
    }

    @Test
    void ofWhatHasToGoTheNameIsEnough() {
        assertThat(playground.document("lids: [{name: l, state: absent}]")).isEqualTo("<lid><name>l</name></lid>");
    }

    @Test
    void ofWhatHasToGoTheIdentityIsKept() {
        assertThat(playground
                        .bind("boxes: [{name: b, state: absent, uuid: u}]")
                        .resources()
                        .getFirst()
                        .uuid())
                .contains("u");
    }

    @Test
    void twoOfTheSameNameOnAHostAreRefused() {
        assertThat(playground.mistakes("""
                        - boxes:
                            - name: b
                            - name: b
                          lids:
                            - {name: b, fits: b}
                        """))
                .singleElement()
                .asString()
                .startsWith(
                        "DUPLICATE_RESOURCE play.yaml:3:7 The box 'b' is declared twice for host 'local', first at ")
                .contains("play.yaml:2:7.");
    }

    @Test
    void aConditionLeavesResourcesOut() {
        assertThat(playground.resources(playground.bind("""
                        - vars: {enabled: true, off: false, subnet: 192.168.1, port: 80, empty: }
                          boxes:
                            - {name: a, when: enabled}
                            - {name: b, when: off}
                            - {name: c, when: 'subnet == "192.168.1"'}
                            - {name: d, when: "port > 79 && port < 81"}
                            - {name: e, when: "!enabled"}
                            - {name: f, when: [enabled, "port == 80"]}
                            - {name: g, when: [enabled, off]}
                            - {name: h, when: "${enabled}"}
                            - {name: i, when: "empty??"}
                            - {name: j, when: false}
                            - {name: k, when: }
                        """)))
                .containsExactly(
                        "box/a@local", "box/c@local", "box/d@local", "box/f@local", "box/h@local", "box/k@local");
    }

    @Test
    void aConditionThatIsNeitherTrueNorFalseIsRefused() {
        assertThat(playground.mistakes("- {vars: {a: 3}, boxes: [{name: b, when: a}]}"))
                .singleElement()
                .asString()
                .startsWith("BAD_EXPRESSION play.yaml:1:42 A condition has to be true or false, but this is '3'.");
    }

    @Test
    void whatAConditionLeavesOutIsNotEvaluated() {
        assertThat(playground.mistakes("boxes: [{name: a}, {name: b, when: false, mode: \"${missing}\"}]"))
                .isEmpty();
    }

    @Test
    void aMappingRepeatsAResourceByKey() {
        assertThat(playground.documents(playground.bind("""
                        - vars: {crates: {small: {size: 1}, large: {size: 9}}}
                          boxes:
                            - name: crate-${each.key}
                              for_each: ${crates}
                              size: ${each.value.size}
                        """)))
                .containsExactly(
                        "<box><name>crate-small</name><size>1</size></box>",
                        "<box><name>crate-large</name><size>9</size></box>");
    }

    @Test
    void aListRepeatsAResourceByItem() {
        assertThat(playground.resources(playground.bind(
                        "boxes: [{name: \"${each.key}-${each.value}\", for_each: [x, y], when: \"each.key != 'y'\"}]")))
                .containsExactly("box/x-x@local");
    }

    @Test
    void aListThatRepeatsAKeyIsRefused() {
        assertThat(playground.mistakes("boxes: [{name: \"${each.key}\", for_each: [x, y, x]}]"))
                .singleElement()
                .asString()
                .startsWith("YAML_DUPLICATE_KEY play.yaml:1:48 'x' is in the list twice, first at ");
    }

    @Test
    void tagsSelectAsInAnsible() {
        var playbook = """
                - tags: [play]
                  boxes:
                    - {name: a, tags: x}
                    - {name: b, tags: "x, y"}
                    - {name: c, tags: always}
                    - {name: d, tags: never}
                    - {name: e, tags: [never, debug]}
                - boxes:
                    - name: f
                """;

        assertThat(playground.resources(playground.bind(playbook)))
                .containsExactly("box/a@local", "box/b@local", "box/c@local", "box/f@local");
        assertThat(new Playground(folder).tags("y").bind(playbook).resources())
                .extracting(resource -> resource.id().name())
                .containsExactly("b", "c");
        assertThat(new Playground(folder).tags("debug").bind(playbook).resources())
                .extracting(resource -> resource.id().name())
                .containsExactly("c", "e");
        assertThat(new Playground(folder).tags("untagged").bind(playbook).resources())
                .extracting(resource -> resource.id().name())
                .containsExactly("c", "f");
        assertThat(new Playground(folder)
                        .tags("play")
                        .skipTags("x")
                        .bind(playbook)
                        .resources())
                .extracting(resource -> resource.id().name())
                .containsExactly("c", "d", "e");
    }

    @Test
    void aTagThatNothingHasIsToldAsAWarning() {
        var bound = playground.tags("nosuch").bind("boxes: [{name: b, tags: such}]");

        assertThat(bound.hasErrors()).isFalse();
        assertThat(playground.told(bound))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("NOTHING_SELECTED No resource has the tag 'nosuch'; did you mean 'such'?"
                                        + " | There are: such."),
                        second -> assertThat(second).startsWith("NOTHING_SELECTED The playbooks declare no resource"));
    }
}
