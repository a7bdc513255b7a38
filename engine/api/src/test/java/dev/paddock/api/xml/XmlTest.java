package dev.paddock.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a b='1' c='2'/>",
                "<a b='&lt;&amp;&gt;&quot;&apos;&#10;&#9;'>x &amp; y</a>",
                "<a><b>one</b><b>two</b></a>",
                "<a xmlns:p='urn:p'><p:b p:c='1'><p:d/></p:b><e/></a>",
                "<a xmlns='urn:default'><b xmlns='urn:other'><c/></b><d/></a>",
                "<a><b xmlns='urn:b'/><c/></a>"
            })
    void whatIsWrittenReadsBackTheSame(String text) throws XmlException {
        var document = XmlReader.read(text);

        assertThat(XmlReader.read(XmlWriter.write(document))).isEqualTo(document);
    }

    @Test
    void aNamespaceIsDeclaredOnce() throws XmlException {
        var document = XmlReader.read("<a xmlns:p='urn:p'><p:b><p:c/></p:b></a>");

        assertThat(XmlWriter.write(document)).containsOnlyOnce("xmlns:p='urn:p'");
    }

    @Test
    void commentsAndWhiteSpaceBetweenElementsAreNotKept() throws XmlException {
        assertThat(XmlReader.read("<a> <!-- c --> <b/>\n</a>")).isEqualTo(XmlReader.read("<a><b/></a>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>"
            })
    void documentTypesAreRefused(String text) {
        assertThatThrownBy(() -> XmlReader.read(text)).isInstanceOf(XmlException.class);
    }

    @Test
    void aMistakeHasAPlace() {
        assertThatThrownBy(() -> XmlReader.read("<a>\n  <b>\n</a>"))
                .isInstanceOfSatisfying(XmlException.class, mistake -> assertThat(mistake.line())
                        .isEqualTo(3));
    }

    @Test
    void whereverItIsCutOffIsAMistakeAndNothingElse() {
        var whole = "<a b='1'><!-- c --><?d e?><f>x &amp; &#9; <![CDATA[y]]> z</f>\n</a>";

        for (var end = 0; end < whole.length(); end++) {
            var cut = whole.substring(0, end);
            assertThatThrownBy(() -> XmlReader.read(cut)).as(cut).isInstanceOf(XmlException.class);
        }
    }

    @Test
    void anyCharacterAnywhereIsReadOrAMistakeAndNothingElse() {
        var whole = "<a b='1'><!-- c --><?d e?><f>x &amp; &#9; <![CDATA[y]]> z</f>\n</a>";

        for (var at = 0; at < whole.length(); at++) {
            for (var odd :
                    List.of("<", "&", "]]>", "\u0000", "\uD800", "\uFFFF", "'", ">", "&x;", "<!", "--", "?>", ":")) {
                try {
                    XmlReader.read(whole.substring(0, at) + odd + whole.substring(at));
                } catch (XmlException mistake) {
                    assertThat(mistake).hasMessageEndingWith(".");
                }
            }
        }
    }

    @Test
    void nestingHasABound() {
        assertThatThrownBy(() -> XmlReader.read("<a>".repeat(10_000)))
                .isInstanceOf(XmlException.class)
                .hasMessageContaining("nested");
    }
}
