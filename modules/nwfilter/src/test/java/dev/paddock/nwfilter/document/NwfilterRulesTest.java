package dev.paddock.nwfilter.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.FilterComparison;
import dev.paddock.nwfilter.Filters;
import dev.paddock.nwfilter.protocol.Protocols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each pair is what a document said and what libvirt 9.0 wrote back. */
class NwfilterRulesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "mac, srcmacaddr, 1:2:3:4:5:6, 01:02:03:04:05:06",
                "mac, dstmacmask, FF:ff:0:0:0:0, ff:ff:00:00:00:00",
                "mac, protocolid, 0x806, arp",
                "mac, protocolid, 2054, arp",
                "mac, protocolid, 0x86DD, ipv6",
                "mac, protocolid, 0xFFFF, 0xffff",
                "vlan, vlanid, 0x05, 0x5",
                "vlan, encap-protocol, 0x0800, ipv4",
                "stp, root-cost, 053, 53",
                "stp, type, +7, 7",
                "arp, opcode, 1, Request",
                "arp, opcode, reply_Reverse, Reply_Reverse",
                "arp, gratuitous, yes, true",
                "arp, gratuitous, 0, false",
                "rarp, arpsrcipaddr, 010.001.002.003, 8.1.2.3",
                "ip, protocol, 0x06, tcp",
                "ip, protocol, 17, udp",
                "ip, dscp, 0x05, 0x5",
                "ip, srcipmask, 255.255.255.128, 25",
                "ip, srcipmask, 08, 8",
                "ip, dstipmask, 255.255.255.000, 24",
                "ipv6, srcipaddr, 2001:DB8:0:0::1, 2001:db8::1",
                "ipv6, srcipaddr, ::1:2, ::0.1.0.2",
                "ipv6, srcipmask, ffff:f000::, 20",
                "ipv6, codeend, 0xfF, 0xff",
                "tcp, dstportstart, 053, 53",
                "tcp, srcipaddr, $IP[@0], $IP",
                "tcp, srcipaddr, $IP[ @1 ], $IP[@1]",
                "tcp, srcipaddr, $IP[03], $IP[3]",
                "tcp, state, \"RELATED,ESTABLISHED,RELATED\", \"ESTABLISHED,RELATED\"",
                "tcp, flags, \"ACK,SYN/SYN\", \"SYN,ACK/SYN\"",
                "tcp, flags, \"URG,PSH,ACK,RST,SYN,FIN/FIN\", ALL/FIN",
                "udp, connlimit-above, 01, 1",
                "udp, comment, $X[1] tail, $X[1]",
                "all, ipsetflags, \"SRC,Dst\", \"src,dst\"",
                "all-ipv6, dstipto, ::ffff:1.2.3.4, 1.2.3.4"
            })
    void whatLibvirtWritesInstead_isTheSame(String protocol, String attribute, String said, String written) {
        assertThat(FilterComparison.differences(
                        Filters.with(protocol, attribute, said), Filters.with(protocol, attribute, written)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "mac, srcmacaddr, 1:2:3:4:5:6, 01:02:03:04:05:07",
                "mac, protocolid, arp, rarp",
                "stp, flags, 1, 2",
                "arp, opcode, 10, Request",
                "arp, gratuitous, true, false",
                "ip, protocol, tcp, udp",
                "tcp, flags, SYN/SYN, SYN/ALL",
                "tcp, srcipaddr, $IP, $IP[0]",
                "tcp, srcipaddr, $IP, $ip",
                "tcp, srcipmask, 8, 9",
                "tcp, state, NEW, NONE",
                "tcp, comment, a, A",
                "tcp, comment, a, \"a \"",
                "all, ipset, a, A",
                "all, ipsetflags, \"src,dst\", \"dst,src\""
            })
    void anotherValue_isSeenWhereItIs(String protocol, String attribute, String one, String other) {
        assertThat(FilterComparison.differences(
                        Filters.with(protocol, attribute, one), Filters.with(protocol, attribute, other)))
                .singleElement()
                .asString()
                .endsWith("@" + attribute);
    }

    @Test
    void anAttributeThatIsNotThere_isSeenToBeMissing() {
        for (var protocol : Protocols.all()) {
            for (var attribute : protocol.attributes()) {
                var differences = FilterComparison.differences(
                        Filters.with(protocol.name(), attribute.name(), "1"),
                        Filters.withRule("<" + protocol.name() + "/>"));
                assertThat(differences).hasSize(attribute.kept() ? 1 : 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 500", "priority='0500', 500", "priority='+7', 7", "priority=' 9', 9", "priority='9 ', 500"})
    void aRulesPriority_isWhatLibvirtReads(String said, String written) {
        assertThat(FilterComparison.differences(
                        Filters.read("<filter name='f'><rule " + said + "><all/></rule></filter>"),
                        Filters.read("<filter name='f'><rule priority='" + written + "'><all/></rule></filter>")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", "FALSE"})
    void statefulMatchingIsTurnedOff_byAnyOfItsWords(String word) {
        assertThat(FilterComparison.differences(
                        Filters.read("<filter name='f'><rule statematch='" + word + "'><all/></rule></filter>"),
                        Filters.read("<filter name='f'><rule statematch='false'><all/></rule></filter>")))
                .isEmpty();
    }

    @Test
    void parametersAreASet_butTheValuesOfOneAreInOrder() {
        var said = reference(
                "<parameter name='B' value='1'/><parameter name='A' value='2'/>" + "<parameter name='B' value='3'/>");
        var sorted = reference(
                "<parameter name='A' value='2'/><parameter name='B' value='1'/>" + "<parameter name='B' value='3'/>");
        var turned = reference(
                "<parameter name='A' value='2'/><parameter name='B' value='3'/>" + "<parameter name='B' value='1'/>");
        assertThat(FilterComparison.differences(said, sorted)).isEmpty();
        assertThat(FilterComparison.differences(said, turned)).hasSize(2);
    }

    @Test
    void rulesAndReferences_areOneSequence() {
        var rule = "<rule action='drop' direction='in'><all/></rule>";
        assertThat(FilterComparison.differences(
                        Filters.read("<filter name='f'><filterref filter='x'/>" + rule + "</filter>"),
                        Filters.read("<filter name='f'>" + rule + "<filterref filter='x'/></filter>")))
                .isNotEmpty();
    }

    private static Element reference(String parameters) {
        return Filters.read("<filter name='f'><filterref filter='x'>" + parameters + "</filterref></filter>");
    }
}
