package dev.paddock.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Change.Action;
import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.change.Cost;
import dev.paddock.api.rule.Alias;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferTest {
    private static final RuleIndex BOOK = new RuleIndex(new Rules(
            List.of(
                    Rule.of("uuid").as(Normalizers.UUID).chosen(),
                    Rule.of("mac/@address").as(Normalizers.MAC_ADDRESS).chosen(),
                    Rule.of("bridge/@stp").byDefault("on"),
                    Rule.of("bridge/@name").chosen().costs(Cost.RESTART, "The bridge has to be made anew."),
                    Rule.of("ip/@family").byDefault("ipv4"),
                    Rule.of("ip/@prefix").as(Normalizers.PREFIX),
                    Rule.of("host/@mac").as(Normalizers.MAC_ADDRESS),
                    Rule.of("metadata/*").ofOthers(),
                    Rule.of("@connections").momentary()),
            List.of(
                    new ListMatch.Keyed("ip", List.of(List.of("@family", "@address"))),
                    new ListMatch.Keyed("host", List.of(List.of("@mac"), List.of("@name"))),
                    new ListMatch.Ordered("rule", "rules"),
                    new ListMatch.Ordered("ref", "rules")),
            List.of(new Alias("ip/@netmask", "prefix", Normalizers.PREFIX)),
            Rule.of(""),
            Map.of()));

    @Test
    void whatWasDeclaredIsKnownAgainAmongOthersThatCame() {
        var before = new Differ(LISTS).fillable(read("<n><slot id='a' bus='1'/></n>"));
        assertThat(new Differ(LISTS)
                        .differences(
                                read("<n><slot id='a'/></n>"),
                                read("<n><slot id='a' bus='1'/><slot id='b' bus='2'/></n>"),
                                Set.copyOf(before),
                                Extent.DEFINED))
                .extracting(Change::path)
                .containsExactly("slot[@id='a']/@bus");
    }

    @Test
    void ofTwoWithTheSameKeyEachKeepsWhatWasDeclaredOfIt() {
        var declared = read("<n><slot id='a'/><slot id='a' bus='2'/></n>");
        var before = Set.copyOf(new Differ(LISTS).fillable(declared));
        var observed = read("<n><slot id='a' bus='1'/><slot id='a' bus='2'/></n>");
        assertThat(new Differ(LISTS).differences(declared, observed, before, Extent.DEFINED))
                .isEmpty();
    }

    @Test
    void anItemThatLibvirtAddsNoneOfCountsByBeingThere() {
        assertThat(new Differ(PORTS)
                        .differences(read("<n/>"), read("<n><port bus='1'/></n>"), Set.of(), Extent.DEFINED))
                .extracting(Change::path)
                .containsExactly("port");
    }

    @Test
    void anElementThatLibvirtAddsIsAsLibvirtMakesIt() {
        var declared = read("<n/>");
        assertThat(new Differ(LISTS)
                        .differences(declared, read("<n><slot id='a' bus='1'/></n>"), Set.of(), Extent.DEFINED))
                .isEmpty();
        var other = read("<n><slot id='a' bus='1' speed='9'/></n>");
        assertThat(new Differ(LISTS).differences(declared, other, Set.of(), Extent.DEFINED))
                .extracting(Change::path)
                .containsExactly("slot");
        assertThat(new Overlay(LISTS).lay(declared, other, Set.of()).children()).isEmpty();
    }

    @Test
    void onlyWhatSomebodyAddedToAPartOfLibvirtsGoes() {
        var rules = new RuleIndex(new Rules(
                List.of(Rule.of("parts/own").chosen(), Rule.of("parts/own/@id").chosen()),
                List.of(),
                List.of(),
                Rule.of(""),
                Map.of()));
        var observed = read("<n><parts><own id='1'/><other id='2'/></parts></n>");
        assertThat(new Differ(rules).differences(read("<n/>"), observed, Set.of(), Extent.DEFINED))
                .extracting(Change::path)
                .containsExactly("parts/other");
        assertThat(new Overlay(rules).lay(read("<n/>"), observed, Set.of()))
                .isEqualTo(read("<n><parts><own id='1'/></parts></n>"));
    }

    @Test
    void anElementOfAListGoesWithWhatWasChosenForIt() {
        assertThat(new Overlay(PORTS)
                        .lay(read("<n/>"), read("<n><port name='a' bus='1'/></n>"), Set.of())
                        .children())
                .isEmpty();
    }

    @Test
    void aValueThatStandsForAnotherLeavesItAsItIs() {
        assertThat(new Differ(PORTS)
                        .differences(read("<n type='any'/>"), read("<n type='one'/>"), Set.of(), Extent.DEFINED))
                .isEmpty();
        assertThat(new Overlay(PORTS)
                        .lay(read("<n type='any'/>"), read("<n type='one'/>"), Set.of())
                        .attribute("type"))
                .contains("one");
    }

    @Test
    void sequencesOfManyAgainstNoneAreAligned() {
        var rules = new StringBuilder();
        for (var i = 0; i < 12; i++) {
            rules.append("<rule id='").append(i).append("'/>");
        }
        assertThat(differences("<n>" + rules + "</n>", "<n><rule id='x' other='y'/></n>"))
                .isNotEmpty();
        assertThat(differences("<n><rule id='x' other='y'/></n>", "<n>" + rules + "</n>"))
                .isNotEmpty();
    }

    private static final RuleIndex LISTS = new RuleIndex(new Rules(
            List.of(
                    Rule.of("slot").chosen(),
                    Rule.of("slot/@id").chosen(),
                    Rule.of("slot/@bus").chosen()),
            List.of(new ListMatch.Keyed("slot", List.of(List.of("@id")))),
            List.of(),
            Rule.of(""),
            Map.of()));

    private static final RuleIndex PORTS = new RuleIndex(new Rules(
            List.of(
                    Rule.of("@type")
                            .matching((declared, observed) -> declared.equals("any") || declared.equals(observed)),
                    Rule.of("port/@bus").chosen()),
            List.of(new ListMatch.Keyed("port", List.of(List.of("@name")))),
            List.of(),
            Rule.of(""),
            Map.of()));

    private static Element read(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @Test
    void theSameInOtherWordsIsNoDifference() {
        assertThat(
                        differences(
                                "<n><uuid>ABCDEF00-0000-0000-0000-000000000001</uuid><ip address='10.0.0.1' netmask='255.0.0.0'/></n>",
                                "<n connections='2'><ip prefix='8' family='ipv4' address='10.0.0.1'/><uuid>abcdef00-0000-0000-0000-000000000001</uuid></n>"))
                .isEmpty();
    }

    @Test
    void whatTheHostFillsInIsNoDifference() {
        assertThat(differences("<n/>", "<n><uuid>1</uuid><mac address='a'/><bridge name='virbr0' stp='on'/></n>"))
                .isEmpty();
    }

    @Test
    void whatNobodyDeclaredIsADifference() {
        assertThat(differences("<n/>", "<n><bridge name='virbr0' stp='off'/></n>"))
                .containsExactly("- bridge");
        assertThat(differences("<n><bridge/></n>", "<n><bridge name='virbr0' stp='off'/></n>"))
                .containsExactly("- bridge/@stp");
    }

    @Test
    void aChangedLeafIsNamedByItsPath() {
        assertThat(differences(
                        "<n><ip address='10.0.0.1' netmask='255.255.0.0'/></n>",
                        "<n><ip address='10.0.0.1' netmask='255.0.0.0'/></n>"))
                .containsExactly("~ ip/@netmask");
    }

    @Test
    void anElementOfAListIsNamedByItsKey() {
        assertThat(differences(
                        "<n><host mac='1:2:3:4:5:6' name='a'/><host mac='1:2:3:4:5:7' name='c'/></n>",
                        "<n><host mac='01:02:03:04:05:07' name='b'/><host mac='01:02:03:04:05:06' name='a'/></n>"))
                .containsExactly("~ host[@mac='01:02:03:04:05:07']/@name");
    }

    @Test
    void anElementWhoseKeyChangedIsStillTheSame() {
        assertThat(differences(
                        "<n><host mac='1:2:3:4:5:6' name='a'/></n>", "<n><host mac='1:2:3:4:5:9' name='a'/></n>"))
                .containsExactly("~ host/@mac");
    }

    @Test
    void aRulePutInBetweenIsOneDifference() {
        assertThat(differences(
                        "<n><rule a='1'/><rule a='2'/><ref f='x'/><rule a='3'/></n>",
                        "<n><rule a='1'/><ref f='x'/><rule a='3'/></n>"))
                .containsExactly("+ rule[2]");
    }

    @Test
    void aRuleChangedInPlaceIsNamedByItsPosition() {
        assertThat(differences(
                        "<n><rule a='1' b='1'/><rule a='2' b='9'/><rule a='3' b='1'/></n>",
                        "<n><rule a='1' b='1'/><rule a='2' b='1'/><rule a='3' b='1'/></n>"))
                .containsExactly("~ rule[2]/@b");
    }

    @Test
    void aRuleThatMovedIsTold() {
        assertThat(differences(
                        "<n><rule a='3'/><rule a='1'/><rule a='2'/></n>",
                        "<n><rule a='1'/><rule a='2'/><rule a='3'/></n>"))
                .containsExactly("> rule[1]");
    }

    @Test
    void metadataOfOthersIsNobodysBusiness() {
        assertThat(differences("<n/>", "<n><metadata><o:x xmlns:o='urn:o' a='1'/></metadata></n>"))
                .isEmpty();
    }

    @Test
    void aDeclarationThatEndsReleasesWhatTheHostCanChoose() {
        assertThat(differences("<n/>", "<n><mac address='a'/></n>", Set.of("mac/@address")))
                .containsExactly("o mac/@address");
    }

    @Test
    void metadataThatWasOnceDeclaredGoes() {
        var path = "metadata/*[local-name()='x' and namespace-uri()='urn:o']";
        assertThat(differences("<n/>", "<n><metadata><o:x xmlns:o='urn:o' a='1'/></metadata></n>", Set.of(path)))
                .containsExactly("- " + path);
    }

    @Test
    void whatWasDeclaredAndTheHostLacksIsAdded() {
        assertThat(differences("<n><mac address='a'/></n>", "<n/>")).containsExactly("+ mac");
        assertThat(differences("<n><bridge name='b'/></n>", "<n><bridge stp='on'/></n>"))
                .containsExactly("+ bridge/@name");
    }

    @Test
    void theFillablePathsOfADeclarationAreKnown() {
        assertThat(new Differ(BOOK)
                        .fillable(xml("<n><uuid>1</uuid><bridge name='b' stp='off'/><mac address='a'/></n>")))
                .containsExactly("uuid", "bridge/@name", "mac/@address");
    }

    @Test
    void layingOverKeepsWhatTheHostChoseAndDropsWhatNobodyDeclared() {
        var laid = new Overlay(BOOK)
                .lay(
                        xml("<n><bridge stp='off'/></n>"),
                        xml("<n><mac address='a'/><bridge name='b' zone='z'/><x/>"
                                + "<metadata><o:x xmlns:o='urn:o'/></metadata></n>"),
                        Set.of());

        assertThat(laid.child("mac").orElseThrow().attribute("address")).contains("a");
        assertThat(laid.child("bridge").orElseThrow()).isEqualTo(xml("<bridge stp='off' name='b'/>"));
        assertThat(laid.child("x")).isEmpty();
        assertThat(laid.child("metadata").orElseThrow().children()).hasSize(1);
    }

    private static List<String> differences(String desired, String observed) {
        return differences(desired, observed, Set.of());
    }

    private static List<String> differences(String desired, String observed, Set<String> before) {
        return new Differ(BOOK)
                .differences(xml(desired), xml(observed), before, Extent.DEFINED).stream()
                        .map(change -> symbol(change) + " " + change.path())
                        .toList();
    }

    private static String symbol(Change change) {
        return switch (change.action()) {
            case Action.ADD -> "+";
            case Action.REMOVE -> "-";
            case Action.CHANGE -> "~";
            case Action.MOVE -> ">";
            case Action.RELEASE -> "o";
        };
    }

    private static Element xml(String text) {
        try {
            return XmlReader.read(text);
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }
}
