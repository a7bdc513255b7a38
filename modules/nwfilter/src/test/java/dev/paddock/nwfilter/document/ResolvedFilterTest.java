package dev.paddock.nwfilter.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.NameResolver.Answer;
import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.Filters;
import dev.paddock.nwfilter.document.ResolvedFilter.Moved;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedFilterTest {
    private static final String MARK = "comment='dstipaddr=a.example.org (paddock web)'";

    private static ResolvedFilter follow(Element filter, Map<String, List<String>> known) {
        return ResolvedFilter.of(
                filter,
                name -> known.containsKey(name) ? new Answer.Found(known.get(name)) : new Answer.Unknown(),
                "web"::equals);
    }

    private static Element filter(String... protocols) {
        var rules = Arrays.stream(protocols)
                .map(protocol -> "<rule action='accept' direction='out' priority='500'>" + protocol + "</rule>")
                .collect(Collectors.joining());
        return Filters.read("<filter name='f' chain='root'><uuid>6ba7b810-9dad-51d1-80b4-00c04fd430c8</uuid>"
                + "<filterref filter='clean-traffic'/>" + rules
                + "<rule action='drop' direction='inout' priority='1000'><all/></rule></filter>");
    }

    private static String at(String address) {
        return "<tcp dstipaddr='" + address + "' dstportstart='443' dstportend='443' " + MARK + "/>";
    }

    @Test
    void rulesAreMadeForTheAddressesThatTheNameHasNowAndAllElseStays() {
        var followed = follow(
                filter(at("192.0.2.1"), at("192.0.2.2"), "<tcp dstipaddr='192.0.2.9'/>"),
                Map.of("a.example.org", List.of("192.0.2.3", "192.0.2.2", "2001:db8::1")));

        assertThat(followed.document())
                .isEqualTo(filter(at("192.0.2.2"), at("192.0.2.3"), "<tcp dstipaddr='192.0.2.9'/>"));
        assertThat(followed.moved())
                .containsExactly(new Moved("a.example.org", List.of("192.0.2.3"), List.of("192.0.2.1")));
        assertThat(followed.lost()).isEmpty();
    }

    @Test
    void theSameAddressesInAnotherSpellingAreNoChange() {
        var six = filter("<tcp-ipv6 dstipaddr='2001:DB8:0::1' " + MARK + "/>");

        var followed = follow(six, Map.of("a.example.org", List.of("2001:db8:0:0::1", "192.0.2.1")));

        assertThat(followed).isEqualTo(new ResolvedFilter(six, List.of(), Set.of()));
    }

    @Test
    void aNameThatIsNotKnownNowChangesNothingAndHoldsUpNoOther() {
        var other = at("192.0.2.7").replace("a.example.org", "b.example.org");

        var followed = follow(filter(at("192.0.2.1"), other), Map.of("b.example.org", List.of("192.0.2.8")));

        assertThat(followed.lost()).containsExactly("a.example.org");
        assertThat(followed.document()).isEqualTo(filter(at("192.0.2.1"), other.replace("192.0.2.7", "192.0.2.8")));
    }

    @Test
    void aFamilyThatTheNameHasNoMoreChangesNothing() {
        var before = filter(at("192.0.2.1"));

        var followed = follow(before, Map.of("a.example.org", List.of("2001:db8::1")));

        assertThat(followed.document()).isEqualTo(before);
        assertThat(followed.lost()).containsExactly("a.example.org");
    }

    @Test
    void aRuleOfTwoNamesIsOneForEachPairOfTheirAddresses() {
        var pair = "<tcp srcipaddr='192.0.2.1' dstipaddr='198.51.100.1'"
                + " comment='srcipaddr=a.example.org dstipaddr=b.example.org (paddock web)'/>";

        var followed = follow(
                filter(pair),
                Map.of(
                        "a.example.org",
                        List.of("192.0.2.1", "192.0.2.2"),
                        "b.example.org",
                        List.of("198.51.100.3", "198.51.100.4")));

        var source = pair.replace("192.0.2.1", "192.0.2.2");
        assertThat(followed.document())
                .isEqualTo(filter(
                        pair.replace("100.1", "100.3"),
                        pair.replace("100.1", "100.4"),
                        source.replace("100.1", "100.3"),
                        source.replace("100.1", "100.4")));
        assertThat(followed.moved())
                .containsExactly(
                        new Moved("a.example.org", List.of("192.0.2.2"), List.of()),
                        new Moved("b.example.org", List.of("198.51.100.3", "198.51.100.4"), List.of("198.51.100.1")));
    }

    @Test
    void aRuleThatIsThereTwiceStaysTwice() {
        var followed = follow(
                filter(at("192.0.2.1"), at("192.0.2.2"), at("192.0.2.1"), at("192.0.2.2")),
                Map.of("a.example.org", List.of("192.0.2.3")));

        assertThat(followed.document()).isEqualTo(filter(at("192.0.2.3"), at("192.0.2.3")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tcp dstipaddr='192.0.2.1' comment='a.example.org'/>",
                "<tcp dstipaddr='192.0.2.1' comment='dstipaddr=a.example.org (paddock other)'/>",
                "<tcp srcipaddr='192.0.2.1' comment='dstipaddr=a.example.org (paddock web)'/>",
                "<tcp dstipaddr='$IP' comment='dstipaddr=a.example.org (paddock web)'/>",
                "<tcp dstipaddr='192.0.2.0' dstipmask='24' comment='dstipaddr=a.example.org (paddock web)'/>",
                "<tcp match='no' dstipaddr='192.0.2.1' comment='dstipaddr=a.example.org (paddock web)'/>"
            })
    void whatCameFromNoNameOfTheProjectStays(String rule) {
        var before = filter(rule);

        assertThat(follow(before, Map.of("a.example.org", List.of("203.0.113.9"))))
                .isEqualTo(new ResolvedFilter(before, List.of(), Set.of()));
    }

    @Test
    void whatLibvirtWroteAsItsSchemaDoesNotTakeItIsGivenBackAsItDoes() {
        var split = "<tcp match='no' srcipaddr='192.0.2.1'/><tcp dstportstart='80'/>";

        var written = follow(filter(split, at("192.0.2.1")), Map.of("a.example.org", List.of("192.0.2.2")))
                .document();

        assertThat(written.children("rule").getFirst())
                .isEqualTo(NormalForm.of(filter(split)).children("rule").getFirst());
    }
}
