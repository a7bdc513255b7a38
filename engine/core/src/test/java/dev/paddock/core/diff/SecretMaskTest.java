package dev.paddock.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
    private static final Rules RULES = new Rules(
            List.of(
                    Rule.of("door/@code").ofOthers().sensitive(),
                    Rule.of("**/keys").sensitive(),
                    Rule.of("note").sensitive(text -> text.contains("secret"))),
            List.of(new ListMatch.Keyed("door", List.of(List.of("@name")))),
            List.of(),
            Rule.of("**/*"),
            Map.of());
    private static final String HOUSE = """
            <house>
              <door name='front' code='4711'/>
              <door name='back'><keys><key>k1</key><key owner='jane'>k2</key></keys></door>
              <note>secret place</note>
              <note>shopping</note>
            </house>
            """;

    private final SecretMask concealment = new SecretMask(RULES);
    private final Differ differ = new Differ(new RuleIndex(RULES));

    private static Element xml(String text) {
        try {
            return XmlReader.read(text);
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @Test
    void secretsAreReplacedAtTheirPathsAndBelow() {
        assertThat(XmlWriter.write(concealment.hidden(xml(HOUSE))))
                .doesNotContain("4711", "k1", "k2", "jane", "secret place")
                .contains("front", "<key>(sensitive value)</key>", "<note>shopping</note>");
    }

    @Test
    void secretsAreLeftOutAndTheirPathsTold() {
        var rest = concealment.without(xml(HOUSE));
        assertThat(XmlWriter.write(rest.document()))
                .doesNotContain("4711", "keys", "secret place")
                .contains("front", "back", "<note>shopping</note>");
        assertThat(rest.paths())
                .containsExactly("door[1]/@code", "door[2]/keys/key[1]", "door[2]/keys/key[2]", "note[1]");
    }

    @Test
    void noChangeHoldsOne() {
        var other = HOUSE.replace("4711", "0815").replace("k1", "k3").replace("secret place", "secret other place");
        assertThat(differ.differences(xml(HOUSE), xml(other), Set.of(), Change.Extent.DEFINED))
                .hasSize(3)
                .allSatisfy(change -> {
                    assertThat(change.before()).contains(SecretMask.SHOWN);
                    assertThat(change.after()).contains(SecretMask.SHOWN);
                });
        assertThat(differ.differences(xml(HOUSE), xml("<house/>"), Set.of(), Change.Extent.DEFINED)
                        .toString())
                .contains("front")
                .doesNotContain("4711", "k1", "k2", "secret place");
    }

    @Test
    void oneThatNobodyDeclaredStaysAndOneThatWasWithdrawnGoes() {
        var declared = xml(HOUSE.replace(" code='4711'", ""));
        assertThat(differ.differences(declared, xml(HOUSE), Set.of(), Change.Extent.DEFINED))
                .isEmpty();
        var before = Set.copyOf(differ.fillable(xml(HOUSE)));
        assertThat(differ.differences(declared, xml(HOUSE), before, Change.Extent.DEFINED))
                .extracting(Change::action)
                .containsExactly(Change.Action.REMOVE);
        var overlay = new Overlay(new RuleIndex(RULES));
        assertThat(overlay.lay(declared, xml(HOUSE), Set.of())
                        .children()
                        .getFirst()
                        .attribute("code"))
                .contains("4711");
        assertThat(overlay.lay(declared, xml(HOUSE), before)
                        .children()
                        .getFirst()
                        .attribute("code"))
                .isEmpty();
        var alone = xml("<house><door name='front' code='4711'/></house>");
        assertThat(overlay.lay(xml("<house><door name='front'/></house>"), alone, before)
                        .children()
                        .getFirst()
                        .attribute("code"))
                .as("remembered with its key, where there is no other now")
                .isEmpty();
    }

    @Test
    void ofWhatRunsOneIsComparedAsWell() {
        assertThat(differ.differences(xml(HOUSE), xml(HOUSE.replace("4711", "1")), Set.of(), Change.Extent.RUNNING))
                .extracting(Change::path)
                .containsExactly("door[@name='front']/@code");
    }
}
