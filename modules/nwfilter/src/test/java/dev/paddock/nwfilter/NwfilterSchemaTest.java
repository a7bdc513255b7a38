package dev.paddock.nwfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NwfilterSchemaTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "mac, protocolid, 0x599",
                "mac, srcmacmask, ff:00:ff:00:00:00",
                "vlan, vlanid, 4096",
                "stp, type, $TYPE",
                "ip, srcipaddr, 010.1.1.1",
                "ip, srcipaddr, ::1",
                "ip, srcipmask, 255.0.255.0",
                "ip, srcipmask, 33",
                "ip, dscp, 64",
                "ip, protocol, tpc",
                "ipv6, srcipaddr, 1.2.3.4",
                "ipv6, srcipmask, 129",
                "tcp, connlimit-above, 0x10",
                "tcp, state, \"NEW,NONE\"",
                "tcp, flags, SYN",
                "tcp, dstport, 5-1",
                "tcp, dstport, 65536",
                "tcp, srcipaddr, $IP[@1001]",
                "tcp, srcipaddr, $ IP",
                "tcp, comment, $50 off",
                "tcp, dport, 80",
                "all, dstport, 80"
            })
    void whatLibvirtWouldRefuse_isRefused(String protocol, String attribute, String value) {
        var filter = filter(rule(protocol, Map.of(attribute, value)));
        assertThatThrownBy(() -> SchemaCheckedFilter.model(filter)).isInstanceOf(AssertionError.class);
    }

    @Test
    void portsInShort_areBothEnds() throws Exception {
        var model = SchemaCheckedFilter.model(filter(rule("tcp", Map.of("dstport", "53", "srcport", "1024-65535"))));
        assertThat(FilterComparison.differences(
                        RenderedFilter.filter("f", model),
                        Filters.read("<filter name='f'><rule action='drop' direction='in'><tcp srcportstart='1024'"
                                + " srcportend='65535' dstportstart='53' dstportend='53'/></rule></filter>")))
                .isEmpty();
    }

    @Test
    void aProtocolWithoutAValue_isAllOfIt() throws Exception {
        assertThat(FilterComparison.differences(
                        RenderedFilter.filter("f", SchemaCheckedFilter.model(filter(rule("all", "")))),
                        Filters.read("<filter name='f'><rule action='drop' direction='in'><all/></rule></filter>")))
                .isEmpty();
    }

    @Test
    void aReferenceInShort_isTheNameOfAFilter() throws Exception {
        assertThat(FilterComparison.differences(
                        RenderedFilter.filter(
                                "f", SchemaCheckedFilter.model(filter(Map.of("filterref", "clean-traffic")))),
                        Filters.read("<filter name='f'><filterref filter='clean-traffic'/></filter>")))
                .isEmpty();
    }

    @Test
    void textIsEscaped() throws Exception {
        var comment = "a 'b' <c> & \"d\"";
        var rendered =
                RenderedFilter.filter("f", SchemaCheckedFilter.model(filter(rule("all", Map.of("comment", comment)))));
        assertThat(rendered.children().getFirst().children().getFirst().attribute("comment"))
                .contains(comment);
    }

    @Test
    void aRuleWithoutAProtocol_isAMistakeUnlessItSaysSo() throws Exception {
        assertThat(SchemaCheckedFilter.mistakes(filter(Map.of("action", "drop", "direction", "in"))))
                .extracting(Diagnostic::code)
                .containsExactly(Code.MISSING_KEY);
        assertThat(RenderedFilter.filter("f", SchemaCheckedFilter.model(filter(rule("none", Map.of()))))
                        .children()
                        .getFirst()
                        .children())
                .isEmpty();
    }

    @Test
    void aRuleOfTwoProtocols_isAMistake() {
        Map<String, Object> rule = new LinkedHashMap<>(rule("tcp", Map.of()));
        rule.put("udp", Map.of());
        assertThat(codes(rule)).containsExactly(Code.CONFLICTING_KEYS);
    }

    @Test
    void aRuleHasToSayWhatItDoesAndWhere() {
        assertThat(codes(Map.of("all", Map.of()))).containsExactly(Code.MISSING_KEY, Code.MISSING_KEY);
    }

    @Test
    void aReferenceThatIsARuleAsWell_isAMistake() {
        assertThat(codes(Map.of("filterref", "clean-traffic", "action", "drop")))
                .containsExactly(Code.CONFLICTING_KEYS);
    }

    @Test
    void portsInShortAndInFull_excludeEachOther() {
        assertThat(codes(rule("tcp", Map.of("dstport", "53", "dstportend", "54"))))
                .containsExactly(Code.CONFLICTING_KEYS);
    }

    @Test
    void portsOfAPacket_needAProtocolThatHasThem() {
        assertThat(codes(rule("ip", Map.of("dstport", "53")))).containsExactly(Code.BAD_VALUE);
        assertThat(codes(rule("ip", Map.of("dstport", "53", "protocol", "0x11"))))
                .isEmpty();
    }

    @Test
    void anIpsetNeedsItsFlags() {
        assertThat(codes(rule("all", Map.of("ipset", "blocked")))).containsExactly(Code.MISSING_KEY);
    }

    @Test
    void whatLibvirtWouldForget_isAMistake() {
        assertThat(codes(rule("tcp", Map.of("ipset", "blocked", "ipsetflags", "src"))))
                .containsExactly(Code.LIBVIRT_DROPS, Code.LIBVIRT_DROPS);
        assertThat(codes(rule("tcp-ipv6", Map.of("flags", "SYN/ALL")))).containsExactly(Code.LIBVIRT_DROPS);
    }

    @Test
    void aPriorityThatLibvirtWouldForget_isAMistake() {
        assertThat(SchemaCheckedFilter.mistakes(Map.of("priority", "5")))
                .extracting(Diagnostic::code)
                .containsExactly(Code.LIBVIRT_DROPS);
        assertThat(SchemaCheckedFilter.mistakes(Map.of("chain", "arp", "priority", "0")))
                .extracting(Diagnostic::code)
                .containsExactly(Code.LIBVIRT_DROPS);
        assertThat(SchemaCheckedFilter.mistakes(Map.of("chain", "root", "priority", "0")))
                .isEmpty();
    }

    @Test
    void negationThatDoesNotReachAllOfARule_isWarnedOf() {
        assertThat(SchemaCheckedFilter.mistakes(filter(rule("tcp", Map.of("match", "no", "dstport", "80")))))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.isError()).isFalse();
                    assertThat(warning.detail()).contains("dstportstart, dstportend");
                });
    }

    private static List<Code> codes(Map<String, Object> rule) {
        return SchemaCheckedFilter.mistakes(filter(rule)).stream()
                .map(Diagnostic::code)
                .toList();
    }

    private static Map<String, Object> rule(String protocol, Object attributes) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("action", "drop");
        rule.put("direction", "in");
        rule.put(protocol, attributes);
        return rule;
    }

    private static Map<String, Object> filter(Map<String, Object> rule) {
        return Map.of("rules", List.of(rule));
    }
}
