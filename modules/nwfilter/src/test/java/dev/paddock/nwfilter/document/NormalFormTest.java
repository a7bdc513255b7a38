package dev.paddock.nwfilter.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.FilterComparison;
import dev.paddock.nwfilter.Filters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What libvirt 9.0 makes of negation, chains, and what it forgets. */
class NormalFormTest {
    @Test
    void aRuleThatLibvirtWritesAsSeveralElements_isTheOneElementItCameFrom() {
        var said = Filters.withRule("<tcp match='no' dstportstart='80' srcipaddr='1.2.3.4' comment='x'/>");
        var written = Filters.withRule(
                "<tcp match='no' srcipaddr='1.2.3.4'/><tcp dstportstart='80'/>" + "<tcp match='no' comment='x'/>");
        assertThat(FilterComparison.differences(said, written)).isEmpty();
        assertThat(protocols(written)).isEqualTo(1);
    }

    @Test
    void elementsThatNoSingleOneCanStandFor_stayAsTheyAre() {
        assertThat(protocols(Filters.withRule("<tcp srcmacaddr='0:0:0:0:0:1'/><tcp match='no' comment='x'/>")))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<all match='no'/> | <all/>",
                "<all match='yes'/> | <all/>",
                "<all match=' no' comment='x'/> | <all comment='x'/>",
                "<mac match='no' srcmacmask='ff:ff:ff:00:00:00'/> | <mac srcmacmask='ff:ff:ff:00:00:00'/>",
                "<tcp match='no' dstportend='80'/> | <tcp dstportend='80'/>",
                "<icmp match='no' code='1'/> | <icmp code='1'/>",
                "<tcp ipset='x' ipsetflags='src'/> | <tcp/>",
                "<tcp-ipv6 flags='SYN/ALL'/> | <tcp-ipv6/>",
                "<rarp protocolid='0x8035'/> | <rarp/>"
            })
    void whatLibvirtForgets_isNoDifference(String said, String kept) {
        assertThat(FilterComparison.differences(Filters.withRule(said), Filters.withRule(kept)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<all match='no' comment='x'/> | <all comment='x'/>",
                "<ip match='no' srcmacmask='ff:ff:ff:00:00:00'/> | <ip srcmacmask='ff:ff:ff:00:00:00'/>",
                "<arp match='no' opcode='1'/> | <arp opcode='1'/>",
                "<all ipset='x' ipsetflags='src'/> | <all/>",
                "<rarp protocolid='arp'/> | <rarp/>",
                "<tcp dstport='80'/> | <tcp/>"
            })
    void whatSaysSomethingOrIsRefused_isADifference(String said, String other) {
        assertThat(FilterComparison.differences(Filters.withRule(said), Filters.withRule(other)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "chain='root' | chain='root'",
                "\"\" | chain='root'",
                "priority='-600' | chain='root'",
                "chain='root' priority='0' | chain='root'",
                "chain='arp' | chain='arp' priority='-500'",
                "chain='arp-x' | chain='arp-x' priority='-500'",
                "chain='rarp' | chain='rarp' priority='-400'",
                "chain='mac' priority='-0005' | chain='mac' priority='-5'",
                "chain='arp' priority='0' | chain='arp'",
                "chain='stp' | chain='stp'"
            })
    void aChainsPriority_isWhatLibvirtWrites(String said, String written) {
        assertThat(FilterComparison.differences(filter(said), filter(written))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chain='root' | chain='root' priority='-600'",
                "chain='arp' | chain='arp' priority='-501'",
                "chain='stp' | chain='stp' priority='-810'"
            })
    void anotherPriority_isADifference(String said, String written) {
        assertThat(FilterComparison.differences(filter(said), filter(written))).containsExactly("@priority");
    }

    @Test
    void aCommentIsCutWhereLibvirtCutsIt() {
        assertThat(FilterComparison.differences(
                        Filters.with("all", "comment", "x".repeat(300)),
                        Filters.with("all", "comment", "x".repeat(256))))
                .isEmpty();
    }

    private static Element filter(String attributes) {
        return Filters.read("<filter name='f' " + attributes + "/>");
    }

    private static int protocols(Element filter) {
        return NormalForm.of(filter).children().getFirst().children().size();
    }
}
