package dev.paddock.reach.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.nwfilter.document.FilterEntry;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.EtherType;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NftablesFirewallTest {
    private static final MacAddress MINE = MacAddress.of("52:54:00:00:00:01");
    private static final MacAddress OTHER = MacAddress.of("52:54:00:00:00:02");
    private static final FirewallBackend.Nftables BACKEND = new FirewallBackend.Nftables(true);

    private static FilterDefinition read(String rules) {
        try {
            return FilterDefinition.of(XmlReader.read("<filter name='f'>" + rules + "</filter>"));
        } catch (XmlException invalid) {
            throw new IllegalArgumentException(rules, invalid);
        }
    }

    private static FirewallBuild build(FirewallBackend backend, String rules) {
        return new FirewallBuilder(Map.of("f", read(rules)), MINE, backend).build("f", Map.of());
    }

    private static Firewall firewall(String rules) {
        var build = build(BACKEND, rules);
        assertThat(build).as(build.toString()).isInstanceOf(FirewallBuild.Ready.class);
        return ((FirewallBuild.Ready) build).firewall();
    }

    private static Frame tcp(MacAddress from, int source, int destination, int flags, ConnectionState tracking) {
        var isMine = from.equals(MINE);
        return Frame.of(
                from,
                isMine ? OTHER : MINE,
                new Payload.Ip(
                        IpAddress.of(isMine ? "10.0.0.2" : "10.0.0.1"),
                        IpAddress.of(isMine ? "10.0.0.1" : "10.0.0.2"),
                        0,
                        new Transport.Tcp(source, destination, flags, Set.of())),
                tracking);
    }

    private static Frame sent(int port) {
        return tcp(MINE, 40_000, port, Transport.Tcp.SYN, ConnectionState.FIRST);
    }

    private static Frame answered(int port) {
        return tcp(OTHER, port, 40_000, Transport.Tcp.SYN | Transport.Tcp.ACK, ConnectionState.ANSWER);
    }

    @Test
    void whatTheHostSendsIsAskedLikeAllElse() {
        var firewall = firewall("<rule action='drop' direction='in'><all/></rule>");

        assertThat(firewall.receives(answered(22))).isInstanceOf(ChainVerdict.Dropped.class);
        assertThat(firewall.sends(sent(22))).isInstanceOf(ChainVerdict.Unjudged.class);
        assertThat(firewall.looksAtPackets(sent(22))).isFalse();
    }

    @Test
    void whatTheTableForFramesAcceptsTheOneForPacketsMayDrop() {
        var firewall = firewall("<rule action='accept' direction='out' priority='-900'><mac/></rule>"
                + "<rule action='drop' direction='out'><tcp dstportstart='22'/></rule>");

        assertThat(firewall.sends(sent(22))).isInstanceOf(ChainVerdict.Dropped.class);
        assertThat(firewall.sends(sent(80))).isInstanceOf(ChainVerdict.Accepted.class);
    }

    @Test
    void repliesToWhatIsAcceptedComeBackAndNothingElse() {
        var firewall = firewall("<rule action='accept' direction='out'><tcp dstportstart='443'/></rule>"
                + "<rule action='drop' direction='inout' priority='1000'><all/></rule>");

        assertThat(firewall.sends(sent(443))).isInstanceOf(ChainVerdict.Accepted.class);
        assertThat(firewall.receives(answered(443))).isInstanceOf(ChainVerdict.Accepted.class);
        assertThat(firewall.receives(answered(80))).isInstanceOf(ChainVerdict.Dropped.class);
    }

    /** Both lines of it are for the direction of the first packet. */
    @Test
    void aRuleForBothDirectionsAcceptsNoReplies() {
        var firewall = firewall("<rule action='accept' direction='inout'><tcp/></rule>"
                + "<rule action='drop' direction='inout' priority='1000'><all/></rule>");

        assertThat(firewall.sends(sent(443))).isInstanceOf(ChainVerdict.Accepted.class);
        assertThat(firewall.receives(answered(443))).isInstanceOf(ChainVerdict.Dropped.class);
    }

    @Test
    void sourceAndDestinationStayInARuleForBothDirections() {
        var firewall =
                firewall("<rule action='drop' direction='inout' statematch='false'><tcp dstportstart='22'/></rule>");

        assertThat(firewall.sends(sent(22))).isInstanceOf(ChainVerdict.Dropped.class);
        assertThat(firewall.receives(tcp(OTHER, 50_000, 22, Transport.Tcp.SYN, ConnectionState.FIRST)))
                .isInstanceOf(ChainVerdict.Dropped.class);
        assertThat(firewall.receives(answered(22))).isInstanceOf(ChainVerdict.Unjudged.class);
    }

    @Test
    void aChainThatHasNothingToSayIsLeft() {
        var all = Map.of(
                "f",
                read("<filterref filter='g'/><rule action='drop' direction='out' priority='900'><mac/></rule>"),
                "g",
                FilterDefinition.of(element("<filter name='g' chain='ipv4' priority='-700'>"
                        + "<rule action='accept' direction='out'><ip dstipaddr='10.9.9.9'/></rule></filter>")));
        var frame = Frame.of(MINE, OTHER, EtherType.ARP, new Payload.Other());

        for (var backend : List.of(BACKEND, FirewallBackend.USUAL)) {
            var build = (FirewallBuild.Ready) new FirewallBuilder(all, MINE, backend).build("f", Map.of());
            // ebtables accepts it at the end of the chain.
            assertThat(build.firewall().sends(sent(80)))
                    .isInstanceOf(backend.equals(BACKEND) ? ChainVerdict.Dropped.class : ChainVerdict.Unjudged.class);
            assertThat(build.firewall().sends(frame)).isInstanceOf(ChainVerdict.Dropped.class);
        }
    }

    private static Element element(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException invalid) {
            throw new IllegalArgumentException(xml, invalid);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tcp match='no' srcipaddr='10.0.0.1'/>",
                "<tcp flags='SYN,ACK/SYN'/>",
                "<tcp option='2'/>",
                "<tcp match='no' dscp='8'/>",
                "<all-ipv6 dscp='8'/>",
                "<udp dstportstart='9' dstportend='8'/>",
                "<rarp arpsrcipaddr='10.0.0.0' arpsrcipmask='8'/>",
                "<rarp gratuitous='true'/>"
            })
    void whatNftRefusesIsRefused(String match) {
        assertThat(build(BACKEND, "<rule action='drop' direction='out'>" + match + "</rule>"))
                .isInstanceOf(FirewallBuild.Refused.class);
    }

    @Test
    void aKernelThatKnowsNoConnectionsAtBridgesRefusesWhatAsksForThem() {
        var backend = new FirewallBackend.Nftables(false);

        assertThat(build(backend, "<rule action='accept' direction='out'><tcp/></rule>"))
                .asInstanceOf(type(FirewallBuild.Refused.class))
                .extracting(FirewallBuild.Refused::reason)
                .asString()
                .contains("Protocol error");
        assertThat(build(backend, "<rule action='accept' direction='out' statematch='false'><tcp/></rule>"))
                .isInstanceOf(FirewallBuild.Ready.class);
        assertThat(build(backend, "<rule action='drop' direction='out'><tcp/></rule>"))
                .isInstanceOf(FirewallBuild.Ready.class);
    }

    @Test
    void aRuleThatContinuesDoesNothing() {
        var continues = "<rule action='continue' direction='out'><tcp/></rule>";

        assertThat(firewall(continues).sends(sent(80))).isInstanceOf(ChainVerdict.Unjudged.class);
        assertThat(build(FirewallBackend.USUAL, continues)).isInstanceOf(FirewallBuild.Refused.class);
        assertThat(build(new FirewallBackend.Iptables(true), continues)).isInstanceOf(FirewallBuild.Ready.class);
    }

    @Test
    void anyOneOfTheFlagsThatAreWantedIsEnough() {
        var firewall = firewall("<rule action='drop' direction='out'><tcp flags='SYN/SYN,ACK'/></rule>");

        assertThat(firewall.sends(sent(80))).isInstanceOf(ChainVerdict.Dropped.class);
        assertThat(firewall.sends(tcp(MINE, 40_000, 80, Transport.Tcp.ACK, ConnectionState.LATER)))
                .isInstanceOf(ChainVerdict.Unjudged.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<all ipset='list' ipsetflags='src'/> | set of addresses",
                "<stp root-priority='3'/> | turned round",
                "<arp arpsrcipaddr='10.0.0.0' arpsrcipmask='8' arpdstipaddr='10.0.0.1'/> | mask of arpsrcipaddr",
                "<rarp protocoltype='0x800'/> | another place",
                "<tcp flags='SYN/SYN,ACK'/> | Any one",
                "<mac srcmacaddr='52:54:00:00:00:01' srcmacmask='ff:ff:ff:00:00:00'/> | matches nothing",
                "<ipv6 type='1' typeend='4'/> | ends of the ranges"
            })
    void whatIsCarriedOutAsSomethingElseIsNamed(String match, String why) {
        var definition = read("<rule action='drop' direction='out'>" + match + "</rule>");
        var rule = ((FilterEntry.One) definition.entries().getFirst()).rule();

        assertThat(BackendDifferences.of(BACKEND, rule))
                .singleElement()
                .asString()
                .contains(why);
        assertThat(BackendDifferences.of(FirewallBackend.USUAL, rule)).isEmpty();
    }
}
