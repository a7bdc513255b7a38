package dev.paddock.reach.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.nwfilter.document.FilterDefinition;
import dev.paddock.reach.firewall.Firewall.Way;
import dev.paddock.reach.packet.ConnectionState;
import dev.paddock.reach.packet.EtherType;
import dev.paddock.reach.packet.Frame;
import dev.paddock.reach.packet.Payload;
import dev.paddock.reach.packet.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirewallBuilderTest {
    private static final MacAddress MINE = MacAddress.of("52:54:00:00:00:01");
    private static final MacAddress OTHER = MacAddress.of("52:54:00:00:00:02");

    private static FirewallBuild build(Map<String, List<String>> parameters, String... filters) {
        Map<String, FilterDefinition> all = new LinkedHashMap<>();
        for (var filter : filters) {
            try {
                var read = FilterDefinition.of(XmlReader.read(filter));
                all.put(read.name(), read);
            } catch (XmlException invalid) {
                throw new IllegalArgumentException(filter, invalid);
            }
        }
        return new FirewallBuilder(all, MINE, FirewallBackend.USUAL)
                .build(all.keySet().iterator().next(), parameters);
    }

    private static Firewall firewall(Map<String, List<String>> parameters, String... filters) {
        var build = build(parameters, filters);
        assertThat(build).isInstanceOf(FirewallBuild.Ready.class);
        return ((FirewallBuild.Ready) build).firewall();
    }

    private static Firewall firewall(String... filters) {
        return firewall(Map.of(), filters);
    }

    private static Frame tcp(MacAddress from, String source, String destination, int port, ConnectionState tracking) {
        return Frame.of(
                from,
                from.equals(MINE) ? OTHER : MINE,
                new Payload.Ip(
                        IpAddress.of(source),
                        IpAddress.of(destination),
                        0,
                        new Transport.Tcp(40_000, port, Transport.Tcp.SYN, Set.of())),
                tracking);
    }

    private static Frame sent(String destination, int port) {
        return tcp(MINE, "10.0.0.2", destination, port, ConnectionState.FIRST);
    }

    private static Frame arp(MacAddress sender, String address) {
        return Frame.of(
                MINE,
                MacAddress.BROADCAST,
                EtherType.ARP,
                Payload.Arp.of(
                        Payload.Arp.REQUEST, sender, IpAddress.of(address), MacAddress.NONE, IpAddress.of("10.0.0.1")));
    }

    @Test
    void theRuleOfTheLowestPriorityThatMatchesDecides() {
        var firewall = firewall("<filter name='f'>"
                + "<rule action='drop' direction='out' priority='600'><tcp/></rule>"
                + "<rule action='accept' direction='out'><tcp dstportstart='80' dstportend='90'/></rule></filter>");

        assertThat(firewall.packet(sent("10.0.0.1", 85), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Returned.class);
        assertThat(firewall.packet(sent("10.0.0.1", 91), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Dropped.class);
        assertThat(firewall.packet(sent("10.0.0.1", 85), Way.TO_HOST)).isInstanceOf(ChainVerdict.Returned.class);
    }

    @Test
    void aDropInOneDirectionStopsAllThree() {
        var firewall = firewall(
                "<filter name='f'><rule action='drop' direction='in'><tcp srcportstart='80'/></rule></filter>");

        // Against its direction the ports change places.
        assertThat(firewall.packet(sent("10.0.0.1", 80), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Dropped.class);
        assertThat(firewall.packet(sent("10.0.0.1", 80), Way.TO_HOST)).isInstanceOf(ChainVerdict.Dropped.class);
    }

    @Test
    void whatIsAcceptedInOneDirectionHasItsRepliesAcceptedInTheOther() {
        var firewall = firewall("<filter name='f'>"
                + "<rule action='accept' direction='in'><tcp dstportstart='22'/></rule>"
                + "<rule action='drop' direction='inout' priority='1000'><all/></rule></filter>");
        var question = tcp(OTHER, "10.0.0.1", "10.0.0.2", 22, ConnectionState.FIRST);
        var answer = Frame.of(
                MINE,
                OTHER,
                new Payload.Ip(
                        IpAddress.of("10.0.0.2"),
                        IpAddress.of("10.0.0.1"),
                        0,
                        new Transport.Tcp(22, 40_000, Transport.Tcp.ACK, Set.of())),
                ConnectionState.ANSWER);
        var unasked = new Frame(
                answer.source(),
                answer.destination(),
                answer.vlan(),
                answer.type(),
                answer.payload(),
                ConnectionState.FIRST);

        assertThat(firewall.packet(question, Way.TO_GUEST)).isInstanceOf(ChainVerdict.Accepted.class);
        assertThat(firewall.packet(answer, Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Returned.class);
        assertThat(firewall.packet(unasked, Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Dropped.class);
    }

    @Test
    void aRuleWithStatesIsForItsOwnDirectionAlone() {
        var firewall =
                firewall("<filter name='f'>" + "<rule action='drop' direction='in'><all state='NEW'/></rule></filter>");

        assertThat(firewall.packet(sent("10.0.0.1", 80), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Unjudged.class);
        assertThat(firewall.packet(tcp(OTHER, "10.0.0.1", "10.0.0.2", 22, ConnectionState.FIRST), Way.TO_GUEST))
                .isInstanceOf(ChainVerdict.Dropped.class);
    }

    @Test
    void aRuleForNoStateIsForAllStatesInItsOwnDirectionAlone() {
        var firewall = firewall("<filter name='f'>"
                + "<rule action='drop' direction='in'><tcp dstportstart='22' state='NONE'/></rule></filter>");

        for (var state : ConnectionState.State.values()) {
            var arriving = tcp(OTHER, "10.0.0.1", "10.0.0.2", 22, new ConnectionState(state, false));
            assertThat(firewall.packet(arriving, Way.TO_GUEST)).isInstanceOf(ChainVerdict.Dropped.class);
        }
        assertThat(firewall.packet(sent("10.0.0.1", 22), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Unjudged.class);
        assertThat(firewall.packet(sent("10.0.0.1", 22), Way.TO_HOST)).isInstanceOf(ChainVerdict.Unjudged.class);
    }

    @Test
    void aRuleForBothDirectionsTurnsSendersAroundInWhatTheGuestSends() {
        var firewall = firewall("<filter name='f' chain='root'>"
                + "<rule action='accept' direction='inout'><ip srcipaddr='10.0.0.1'/></rule>"
                + "<rule action='drop' direction='inout' priority='900'/></filter>");

        assertThat(firewall.sends(sent("10.0.0.1", 80))).isInstanceOf(ChainVerdict.Accepted.class);
        assertThat(firewall.sends(sent("10.0.0.9", 80))).isInstanceOf(ChainVerdict.Dropped.class);
    }

    @Test
    void chainsAreLookedIntoWhereTheirPrioritySays() {
        var spoofing = "<filter name='spoofing' chain='arp-mac' priority='-520'>"
                + "<rule action='return' direction='out' priority='350'><arp arpsrcmacaddr='$MAC'/></rule>"
                + "<rule action='drop' direction='out' priority='1000'/></filter>";
        var firewall = firewall(
                "<filter name='f' chain='root'><filterref filter='spoofing'/>"
                        + "<rule action='accept' direction='out' priority='-500'><mac protocolid='arp'/></rule>"
                        + "<rule action='drop' direction='out' priority='1000'/></filter>",
                spoofing);

        assertThat(firewall.sends(arp(MINE, "10.0.0.2"))).isInstanceOf(ChainVerdict.Accepted.class);
        assertThat(firewall.sends(arp(OTHER, "10.0.0.2")))
                .asInstanceOf(type(ChainVerdict.Dropped.class))
                .satisfies(dropped -> assertThat(dropped.by().filter()).isEqualTo("spoofing"));
        assertThat(firewall.sends(sent("10.0.0.1", 80))).isInstanceOf(ChainVerdict.Dropped.class);
    }

    @Test
    void whatGetsToTheEndOfAChainIsAskedAboutNoMore() {
        var firewall = firewall(
                "<filter name='f' chain='root'><filterref filter='leases'/>"
                        + "<rule action='drop' direction='out' priority='1000'/></filter>",
                "<filter name='leases' chain='ipv4' priority='-700'><rule action='accept' direction='out'>"
                        + "<ip protocol='udp' dstportstart='67'/></rule></filter>");

        assertThat(firewall.sends(sent("10.0.0.1", 80))).isInstanceOf(ChainVerdict.Unjudged.class);
        assertThat(firewall.sends(arp(MINE, "10.0.0.2"))).isInstanceOf(ChainVerdict.Dropped.class);
    }

    @Test
    void listsOfOneIteratorGoSideBySideAndOthersInAllCombinations() {
        Map<String, List<String>> lists = Map.of("A", List.of("10.0.0.1", "10.0.0.2"), "P", List.of("80", "443"));
        var side = firewall(
                lists,
                "<filter name='f'><rule action='accept' direction='out'>"
                        + "<tcp dstipaddr='$A' dstportstart='$P'/></rule></filter>");
        var all = firewall(
                lists,
                "<filter name='f'><rule action='accept' direction='out'>"
                        + "<tcp dstipaddr='$A[@1]' dstportstart='$P[@2]'/></rule></filter>");

        assertThat(side.packet(sent("10.0.0.1", 80), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Returned.class);
        assertThat(side.packet(sent("10.0.0.1", 443), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Unjudged.class);
        assertThat(all.packet(sent("10.0.0.1", 443), Way.FROM_GUEST)).isInstanceOf(ChainVerdict.Returned.class);
    }

    @Test
    void listsOfDifferentLengthsSideBySideAreRefused() {
        assertThat(build(
                        Map.of("A", List.of("10.0.0.1", "10.0.0.2"), "P", List.of("80")),
                        "<filter name='f'><rule action='accept' direction='out'>"
                                + "<tcp dstipaddr='$A' dstportstart='$P'/></rule></filter>"))
                .isInstanceOf(FirewallBuild.Refused.class);
    }

    @Test
    void theValuesOfWhoeverUsesAFilterWinOverThoseOfItsReferences() {
        var inner =
                "<filter name='inner'><rule action='accept' direction='out'><tcp dstportstart='$PORT'/></rule></filter>";
        var outer =
                "<filter name='outer'><filterref filter='inner'><parameter name='PORT' value='22'/></filterref></filter>";

        assertThat(firewall(outer, inner).packet(sent("10.0.0.1", 22), Way.FROM_GUEST))
                .isInstanceOf(ChainVerdict.Returned.class);
        assertThat(firewall(Map.of("PORT", List.of("80")), outer, inner).packet(sent("10.0.0.1", 22), Way.FROM_GUEST))
                .isInstanceOf(ChainVerdict.Unjudged.class);
    }

    @Test
    void aMissingAddressIsLearnedAndAnythingElseMissingIsRefused() {
        var filter = "<filter name='f'><rule action='accept' direction='out'><tcp srcipaddr='$IP'/></rule></filter>";
        var gateway =
                "<filter name='f'><rule action='accept' direction='out'><tcp dstipaddr='$GATEWAY'/></rule></filter>";

        assertThat(build(Map.of(), filter))
                .asInstanceOf(type(FirewallBuild.Learning.class))
                .satisfies(learning -> assertThat(learning.meanwhile().looksAtPackets(sent("10.0.0.1", 80)))
                        .isFalse());
        assertThat(build(Map.of(), gateway))
                .asInstanceOf(type(FirewallBuild.Refused.class))
                .satisfies(refused -> assertThat(refused.missingVariables()).containsExactly("GATEWAY"));
    }

    @Test
    void aFilterThatIsNotThereIsRefused() {
        assertThat(build(Map.of(), "<filter name='f'><filterref filter='gone'/></filter>"))
                .isEqualTo(new FirewallBuild.Refused("There is no filter 'gone'.", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tcp dstportstart='24' dstportend='1'/>",
                "<sctp srcportstart='24' srcportend='1'/>",
                "<ip protocol='udp' dstportstart='24' dstportend='1'/>",
                "<ipv6 protocol='icmpv6' type='3' typeend='1'/>",
                "<ipv6 protocol='icmpv6' type='3' code='2' codeend='1'/>",
                "<stp root-priority='3' root-priority-hi='1'/>",
                "<tcp option='0'/>"
            })
    void whatTheToolsOfTheHostRefuseIsRefused(String rule) {
        assertThat(build(
                        Map.of(),
                        "<filter name='f'><rule action='accept' direction='out'>" + rule + "</rule></filter>"))
                .isInstanceOf(FirewallBuild.Refused.class);
    }

    @Test
    void aRangeForUdpThatEndsBeforeItStartsMatchesNothing() {
        assertThat(build(
                        Map.of(),
                        "<filter name='f'><rule action='drop' direction='out'>"
                                + "<udp dstportstart='24' dstportend='1'/></rule></filter>"))
                .isInstanceOf(FirewallBuild.Ready.class);
    }

    @Test
    void aTypeOfMessageIsForTheDirectionOfItsRuleAlone() {
        var firewall = firewall("<filter name='f'>"
                + "<rule action='accept' direction='out'><icmp type='8'/></rule>"
                + "<rule action='drop' direction='inout' priority='900'><icmp/></rule></filter>");
        var back = Frame.of(
                OTHER,
                MINE,
                new Payload.Ip(
                        IpAddress.of("10.0.0.1"),
                        IpAddress.of("10.0.0.2"),
                        0,
                        new Transport.Icmp(Transport.ICMP, 0, 0)),
                ConnectionState.ANSWER);

        assertThat(firewall.packet(back, Way.TO_GUEST)).isInstanceOf(ChainVerdict.Dropped.class);
    }
}
