package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IncludesTest {
    @TempDir
    private Path folder;

    private Playground playground = new Playground(Path.of("."));

    @BeforeEach
    void makePlayground() {
        playground = new Playground(folder);
    }

    @Test
    void aFragmentBringsResourcesWithDefaults() {
        playground
                .file(
                        "parts/lids.yaml",
                        "vars: {size: 1, mode: default}\nboxes: [{name: in, size: \"${size}\", mode: \"${mode}\"}]\n")
                .file("books/play.yaml", "- {vars: {size: 2}, include: ../parts/lids.yaml, tags: t}\n");

        var bound = playground.bindFiles("books/play.yaml");

        assertThat(playground.documents(bound))
                .containsExactly("<box><name>in</name><size>2</size><mode>default</mode></box>");
        assertThat(bound.resources().getFirst().tags()).containsExactly("t");
        assertThat(bound.resources().getFirst().place().file())
                .endsWith("parts/lids.yaml")
                .doesNotContain("..");
    }

    @Test
    void anIncludedPlayWinsWithItsOwnVariables() {
        playground.file(
                "more.yaml",
                "- {name: inner, vars: {size: 3}, tags: inner, boxes: [{name: in, size: \"${size}\", mode: \"${mode}\"}]}\n");

        var bound = playground.bind("- {vars: {size: 2, mode: outer}, include: [more.yaml], boxes: [{name: out}]}\n");

        assertThat(playground.documents(bound))
                .containsExactly(
                        "<box><name>in</name><size>3</size><mode>outer</mode></box>", "<box><name>out</name></box>");
    }

    @Test
    void theSameFragmentTwiceIsNoDuplicate() {
        playground.file("lids.yaml", "lids: [{name: l, fits: b}]\n");

        assertThat(playground.resources(
                        playground.bind("- {include: lids.yaml}\n- {include: [lids.yaml, lids.yaml]}\n")))
                .containsExactly("lid/l@local");
    }

    @Test
    void theSameFragmentWithOtherValuesIsADuplicate() {
        playground.file("lids.yaml", "vars: {fits: x}\nlids: [{name: l, fits: \"${fits}\"}]\n");

        assertThat(playground.mistakes("- {include: lids.yaml}\n- {vars: {fits: y}, include: lids.yaml}\n"))
                .singleElement()
                .asString()
                .startsWith("DUPLICATE_RESOURCE lids.yaml:2:8 ");
    }

    @Test
    void aCircleIsTold() {
        playground.file("a.yaml", "include: b.yaml\n").file("b.yaml", "include: ./a.yaml\n");

        assertThat(playground.mistakes("- include: a.yaml\n"))
                .containsExactly(
                        "INCLUDE_CYCLE b.yaml:1:10 The file a.yaml is included from within itself. | Remove one"
                                + " of the includes.");
    }

    @Test
    void whatBelongsToPlaysHasNoPlaceInAFragment() {
        playground.file("f.yaml", "hosts: local\nproject: x\nboxes: []\n");

        assertThat(playground.mistakes("- include: f.yaml\n"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("UNKNOWN_KEY f.yaml:1:1 "),
                        second -> assertThat(second).startsWith("UNKNOWN_KEY f.yaml:2:1 "));
    }

    @Test
    void hostsAndProjectOfAnIncludedPlayHaveNoEffect() {
        playground.file("f.yaml", "- {project: other, boxes: [{name: b}]}\n");

        var bound = playground.bind("- {project: mine, include: f.yaml}\n");

        assertThat(bound.resources().getFirst().project()).isEqualTo("mine");
        assertThat(playground.told(bound))
                .singleElement()
                .asString()
                .startsWith("CONFLICTING_KEYS f.yaml:1:13 'project' has no effect here");
    }

    @Test
    void aPlayThatIsLeftOutBringsNothing() {
        assertThat(
                        playground.resources(
                                playground.bind(
                                        "- {vars: {on: false}, when: on, boxes: [{name: a}]}\n- {when: \"!false\", boxes: [{name: b}]}\n")))
                .containsExactly("box/b@local");
    }

    @Test
    void severalPlaybooksAreBoundTogether() {
        playground.file("a.yaml", "boxes: [{name: a}]\n").file("b.yaml", "boxes: [{name: a}, {name: b}]\n");

        assertThat(playground.told(playground.bindFiles("a.yaml", "b.yaml")))
                .singleElement()
                .asString()
                .startsWith("DUPLICATE_RESOURCE b.yaml:1:9 ");
    }

    @Test
    void mistakesInAllFilesAreToldAtOnce() {
        playground
                .file("a.yaml", "boxes: [{nmae: a}]\n")
                .file("b.yaml", "boxes: [\n")
                .file("c.yaml", "just text\n")
                .file("d.yaml", "- [x]\n- {project: a b}\n");

        assertThat(playground.told(playground.bindFiles("a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml")))
                .extracting(text -> text.split(" ", 3)[0] + " " + text.split(" ", 3)[1])
                .containsExactly(
                        "UNKNOWN_KEY a.yaml:1:10",
                        "MISSING_KEY a.yaml:1:9",
                        "YAML_SYNTAX b.yaml:2:1",
                        "WRONG_SHAPE c.yaml:1:1",
                        "WRONG_SHAPE d.yaml:1:3",
                        "BAD_VALUE d.yaml:2:13",
                        "FILE_UNREADABLE e.yaml:1:1");
    }

    @Test
    void whatAnUnreadableFileMayHaveSaidIsNotMissed() {
        playground.inventory("hosts: [").file("vars.yaml", "a: [");

        assertThat(playground.mistakes("""
                        - {vars_files: vars.yaml, boxes: [{name: b, mode: "${a}", size: x}]}
                        - {hosts: web, boxes: [{name: c}]}
                        """))
                .extracting(text -> text.split(" ", 3)[0] + " " + text.split(" ", 3)[1])
                .containsExactly("YAML_SYNTAX hosts.yaml:1:9", "YAML_SYNTAX vars.yaml:1:5", "BAD_VALUE play.yaml:1:65");
    }
}
