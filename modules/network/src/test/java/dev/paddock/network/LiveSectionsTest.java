package dev.paddock.network;

import static dev.paddock.network.Documents.network;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LiveSectionsTest {
    @Test
    void aHostIsModifiedInPlace() {
        assertThat(updates(
                        dhcp("<host mac='52:54:00:00:00:01' ip='10.0.0.2'/>"),
                        dhcp("<host mac='52:54:00:00:00:01' name='a' ip='10.0.0.3'/>")))
                .containsExactly("MODIFY IP_DHCP_HOST 0 <host mac='52:54:00:00:00:01' name='a' ip='10.0.0.3'/>");
    }

    @Test
    void hostsThatTradeAddressesNeverMeet() {
        assertThat(
                        updates(
                                dhcp(
                                        "<host mac='52:54:00:00:00:01' ip='10.0.0.2'/><host mac='52:54:00:00:00:02' ip='10.0.0.3'/>"),
                                dhcp(
                                        "<host mac='52:54:00:00:00:01' ip='10.0.0.3'/><host mac='52:54:00:00:00:02' ip='10.0.0.2'/>")))
                .containsExactly(
                        "MODIFY IP_DHCP_HOST 0 <host mac='52:54:00:00:00:01' ip='10.0.0.3'/>",
                        "MODIFY IP_DHCP_HOST 0 <host mac='52:54:00:00:00:02' ip='10.0.0.2'/>");
    }

    @Test
    void aHostThatSharesANameTakesAStandIn() {
        assertThat(updates(
                        dhcp("<host mac='52:54:00:00:00:01' name='a' ip='10.0.0.2'/>"),
                        dhcp("<host mac='52:54:00:00:00:01' name='a' ip='10.0.0.2'/>"
                                + "<host mac='52:54:00:00:00:02' name='a' ip='10.0.0.2'/>")))
                .containsExactly(
                        "ADD_FIRST IP_DHCP_HOST 0 <host mac='52:54:00:00:00:02' ip='10.0.0.1'/>",
                        "MODIFY IP_DHCP_HOST 0 <host mac='52:54:00:00:00:02' name='a' ip='10.0.0.2'/>");
    }

    @Test
    void aRangeIsTakenOutBeforeAnotherIsPutIn() {
        assertThat(updates(
                        dhcp("<range start='10.0.0.2' end='10.0.0.9'/>"),
                        dhcp("<range start='10.0.0.2' end='10.0.0.99'/>")))
                .containsExactly(
                        "DELETE IP_DHCP_RANGE 0 <range start='10.0.0.2' end='10.0.0.9'/>",
                        "ADD_LAST IP_DHCP_RANGE 0 <range start='10.0.0.2' end='10.0.0.99'/>");
    }

    @Test
    void aBootImageIsNeverWithoutARange() {
        assertThat(updates(
                        dhcp("<range start='10.0.0.2' end='10.0.0.9'/><bootp file='x'/>"),
                        dhcp("<range start='10.0.0.2' end='10.0.0.9'><lease expiry='0'/></range><bootp file='x'/>")))
                .containsExactly(
                        "ADD_FIRST IP_DHCP_RANGE 0 <range start='10.0.0.2' end='10.0.0.2'/>",
                        "DELETE IP_DHCP_RANGE 0 <range start='10.0.0.2' end='10.0.0.9'/>",
                        "ADD_LAST IP_DHCP_RANGE 0 <range start='10.0.0.2' end='10.0.0.9'> <lease expiry='0'/> </range>",
                        "DELETE IP_DHCP_RANGE 0 <range start='10.0.0.2' end='10.0.0.2'/>");
    }

    @Test
    void dhcpLeavesOneAddressBeforeItComesToAnother() {
        var range = "<dhcp><range start='10.0.0.2' end='10.0.0.9'/></dhcp>";
        var other = "<dhcp><range start='10.1.0.2' end='10.1.0.9'/></dhcp>";

        assertThat(updates(
                        network("<ip address='10.1.0.1' prefix='24'/><ip address='10.0.0.1' prefix='24'>" + range
                                + "</ip>"),
                        network("<ip address='10.1.0.1' prefix='24'>" + other
                                + "</ip><ip address='10.0.0.1' prefix='24'/>")))
                .containsExactly(
                        "DELETE IP_DHCP_RANGE 1 <range start='10.0.0.2' end='10.0.0.9'/>",
                        "ADD_LAST IP_DHCP_RANGE 0 <range start='10.1.0.2' end='10.1.0.9'/>");
    }

    @Test
    void aDnsHostIsRemovedByItsAddressAsItsNamesMayBeOthersToo() {
        assertThat(updates(
                        network("<dns><host ip='10.0.0.2'><hostname>a</hostname></host></dns>"),
                        network("<dns><host ip='10.0.0.3'><hostname>a</hostname></host></dns>")))
                .containsExactly(
                        "DELETE DNS_HOST -1 <host ip='10.0.0.2'/>",
                        "ADD_LAST DNS_HOST -1 <host ip='10.0.0.3'> <hostname>a</hostname> </host>");
    }

    @Test
    void aDnsHostThatKeepsItsAddressIsModified() {
        assertThat(updates(
                        network("<dns><host ip='10.0.0.2'><hostname>a</hostname></host></dns>"),
                        network("<dns><host ip='10.0.0.2'><hostname>b</hostname></host></dns>")))
                .containsExactly("MODIFY DNS_HOST -1 <host ip='10.0.0.2'> <hostname>b</hostname> </host>");
    }

    @Test
    void textsOfOneNameCannotBeToldApart() {
        assertThat(LiveSections.between(
                        network("<dns><txt name='a' value='1'/><txt name='a' value='2'/></dns>"),
                        network("<dns><txt name='a' value='1'/></dns>")))
                .isEmpty();
    }

    @Test
    void aServiceRecordThatSaysLessIsAddedFirst() {
        assertThat(
                        updates(
                                network("<dns><srv service='s' protocol='tcp' target='t'/></dns>"),
                                network(
                                        "<dns><srv service='s' protocol='tcp' target='t'/><srv service='s' protocol='tcp'/></dns>")))
                .containsExactly(
                        "DELETE DNS_SRV -1 <srv service='s' protocol='tcp' target='t'/>",
                        "ADD_LAST DNS_SRV -1 <srv service='s' protocol='tcp'/>",
                        "ADD_LAST DNS_SRV -1 <srv service='s' protocol='tcp' target='t'/>");
    }

    @Test
    void theOldDefaultOfPortGroupsGoesBeforeTheNewComes() {
        assertThat(updates(
                        network("<portgroup name='a'/><portgroup name='b' default='yes'/>"),
                        network("<portgroup name='a' default='yes'/><portgroup name='b'/>")))
                .containsExactly(
                        "MODIFY PORTGROUP -1 <portgroup name='b'/>",
                        "MODIFY PORTGROUP -1 <portgroup name='a' default='yes'/>");
    }

    @Test
    void partsAreAsLibvirtWritesThem() {
        assertThat(
                        updates(
                                network("<portgroup name='a'><virtualport type='openvswitch'/></portgroup>"),
                                network(
                                        "<portgroup name='b'><virtualport type='openvswitch'><parameters/></virtualport></portgroup>")))
                .containsExactly(
                        "DELETE PORTGROUP -1 <portgroup name='a'> <virtualport type='openvswitch'/> </portgroup>",
                        "ADD_LAST PORTGROUP -1 <portgroup name='b'> <virtualport type='openvswitch'/> </portgroup>");
    }

    @Test
    void devicesAreAddedAtTheEndWhereTheyBelong() {
        assertThat(updates(pool("e1", "e2"), pool("e0", "e1", "e2", "e3")))
                .containsExactly(
                        "ADD_FIRST FORWARD_INTERFACE -1 <interface dev='e0'/>",
                        "ADD_LAST FORWARD_INTERFACE -1 <interface dev='e3'/>");
    }

    @Test
    void spellingsAreNoUpdates() {
        assertThat(updates(
                        dhcp("<host mac='52:54:00:00:00:AA' ip='10.0.0.2'><lease expiry='5' unit='minutes'/></host>"),
                        dhcp("<host mac='52:54:00:00:00:aa' ip='10.0.0.2'><lease expiry='5'/></host>")))
                .isEmpty();
    }

    private static Element dhcp(String content) {
        return network("<ip address='10.0.0.1' prefix='24'><dhcp>" + content + "</dhcp></ip>");
    }

    private static Element pool(String... devices) {
        return network(List.of(devices).stream()
                .map(device -> "<interface dev='" + device + "'/>")
                .collect(Collectors.joining("", "<forward mode='bridge'>", "</forward>")));
    }

    private static List<String> updates(Element from, Element to) {
        return LiveSections.between(from, to).orElseThrow().stream()
                .map(update -> "%s %s %d %s"
                        .formatted(
                                update.command(),
                                update.section(),
                                update.parentIndex(),
                                XmlWriting.write(update.part()).strip().replaceAll("\\s+", " ")))
                .toList();
    }
}
