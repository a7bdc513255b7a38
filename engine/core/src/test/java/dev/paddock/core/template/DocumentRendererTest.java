package dev.paddock.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.core.bind.Playground;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentRendererTest {
    @TempDir
    private Path folder;

    private Playground playground = new Playground(Path.of("."));

    @BeforeEach
    void makePlayground() {
        playground = new Playground(folder);
    }

    @Test
    void inlineXmlIsTheDocumentWithValuesEscaped() {
        assertThat(playground.document("""
                        - vars: {text: "<&>"}
                          boxes:
                            - xml: |
                                <box>
                                  <name>b</name>
                                  <mode note="${text}">${text}</mode>
                                </box>
                        """))
                .isEqualTo("<box><name>b</name><mode note='&lt;&amp;&gt;'>&lt;&amp;&gt;</mode></box>");
    }

    @Test
    void aMissingNameIsSet() {
        assertThat(playground.document("boxes: [{name: b, xml: <box/>}]")).isEqualTo("<box><name>b</name></box>");
    }

    @Test
    void aDifferentNameIsRefused() {
        assertThat(playground.mistakes("boxes: [{name: b, xml: <box><name>c</name></box>}]"))
                .containsExactly(
                        "NAME_MISMATCH play.yaml:1:16 The resource is called 'b', but its document 'c'. | Leave"
                                + " one of the two out, or make them the same.");
    }

    @Test
    void aDocumentOfAnotherKindIsRefused() {
        assertThat(playground.mistakes("boxes: [{name: b, xml: <lid/>}]"))
                .singleElement()
                .asString()
                .startsWith(
                        "WRONG_DOCUMENT play.yaml:1:24 Below 'boxes' a document starts with <box>, this one with <lid>.");
    }

    @Test
    void aMistakeInABlockIsPlacedInTheBlock() {
        assertThat(playground.mistakes("""
                        boxes:
                          - name: b
                            xml: |

                              <box>
                                <mode>
                              </box>
                        """)).singleElement().asString().startsWith("XML_SYNTAX play.yaml:7:10 ");
    }

    @Test
    void aMistakeInAFileIsPlacedInTheFile() {
        playground.file("xml/b.xml", "\n\n<box>\n  <mode></box>\n");

        assertThat(playground.mistakes("boxes: [{name: b, xml: {file: xml/b.xml}}]"))
                .singleElement()
                .asString()
                .startsWith("XML_SYNTAX xml/b.xml:4:12 ");
    }

    @Test
    void aFileIsReadLiterally() {
        playground.file("b.xml", "<?xml version='1.0'?>\n<!-- ${x} --><box><mode>${x}</mode></box>");

        assertThat(playground.document("boxes: [{name: b, xml: b.xml}]"))
                .isEqualTo("<box><mode>${x}</mode><name>b</name></box>");
    }

    @Test
    void aFileThatIsMissingIsToldWhereItIsNamed() {
        assertThat(playground.mistakes("boxes: [{name: b, xml: {file: no.xml}}, {name: c, template: no.ftlx}]"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("FILE_UNREADABLE play.yaml:1:31 The file no.xml does not exist."),
                        second -> assertThat(second)
                                .startsWith("FILE_UNREADABLE play.yaml:1:61 The file no.ftlx does not"));
    }

    @Test
    void entitiesAreRefused() {
        assertThat(playground.mistakes("""
                        boxes:
                          - name: b
                            xml: |
                              <!DOCTYPE box [<!ENTITY x SYSTEM "file:///etc/passwd">]>
                              <box>&x;</box>
                        """)).singleElement().asString().startsWith("XML_SYNTAX play.yaml:4:");
    }

    @Test
    void withXmlTheFieldsOfTheKindAreRefused() {
        assertThat(playground.mistakes("boxes: [{name: b, xml: <box/>, size: 3, template: x, values: {}}]"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("CONFLICTING_KEYS play.yaml:1:32 With 'xml'"),
                        second ->
                                assertThat(second).startsWith("CONFLICTING_KEYS play.yaml:1:51 'xml' and 'template'"));
    }

    @Test
    void aTemplateOfOnesOwnSeesVariablesValuesAndFields() {
        playground.file(
                "my/box.ftl",
                "<box><size>${size}</size><#list values.parts as part><part>${part} of ${name} ${owner}</part></#list>"
                        + "<mode>${mood}</mode></box>");

        assertThat(playground.document("""
                        - vars: {owner: "<me>"}
                          boxes:
                            - {name: b, size: 3, template: my/box.ftl, values: {parts: [x, y], mood: "${owner}"}}
                        """))
                .isEqualTo("<box><size>3</size><part>x of b &lt;me&gt;</part><part>y of b &lt;me&gt;</part>"
                        + "<mode>&lt;me&gt;</mode><name>b</name></box>");
    }

    @Test
    void mistakesInATemplateOfOnesOwnArePlacedInIt() {
        playground
                .file("a.ftlx", "<box>\n  ${nme}\n</box>")
                .file("b.ftlx", "<box>\n\n<#if></box>")
                .file("c.ftlx", "<box><a></box>")
                .file("d.ftlx", "<#include 'a.ftlx'>")
                .file("e.ftlx", "<lid/>");

        assertThat(playground.mistakes("""
                        boxes:
                          - {name: a, template: a.ftlx}
                          - {name: b, template: b.ftlx}
                          - {name: c, template: c.ftlx}
                          - {name: d, template: d.ftlx}
                          - {name: e, template: e.ftlx}
                        """))
                .satisfiesExactly(
                        a -> assertThat(a)
                                .startsWith("UNDEFINED_VARIABLE a.ftlx:2:5 There is no variable 'nme'; did you"
                                        + " mean 'name'?"),
                        b -> assertThat(b).startsWith("TEMPLATE_FAILED b.ftlx:3:2 "),
                        c -> assertThat(c)
                                .startsWith("TEMPLATE_FAILED c.ftlx:1:1 What the template renders for the box"),
                        d -> assertThat(d).startsWith("UNSAFE_EXPRESSION d.ftlx:1:1 "),
                        e -> assertThat(e).startsWith("WRONG_DOCUMENT e.ftlx:1:1 "));
    }

    @Test
    void whatATemplateNeedsStandsBelowValues() {
        assertThat(playground.mistakes("boxes: [{name: b, template: x, zzzzzz: 1}, {name: c, values: {}}]"))
                .contains(
                        "UNKNOWN_KEY play.yaml:1:32 Unknown key 'zzzzzz'. | What is for the template stands below"
                                + " 'values'.",
                        "CONFLICTING_KEYS play.yaml:1:62 'values' are for a template of one's own, and there is no"
                                + " 'template' here. | Name the template, or remove the values.");
    }

    @Test
    void aTemplateBesideThePlaybookWinsOverThatOfTheKind() {
        playground.file("templates/box.xml.ftlx", "<box kind='mine'/>");

        assertThat(playground.document("boxes: [{name: b}]")).isEqualTo("<box kind='mine'><name>b</name></box>");
    }

    @Test
    void anInlineDocumentMayComeFromAVariable() {
        assertThat(playground.document(
                        "- {vars: {doc: \"<box><mode>1</mode></box>\"}, boxes: [{name: b, xml: \"${doc}\"}]}"))
                .isEqualTo("<box><mode>1</mode><name>b</name></box>");
    }
}
