package dev.paddock.network.compare;

import static dev.paddock.network.NetworkDocumentFiles.network;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.network.NetworkComparison;
import dev.paddock.network.NetworkDocumentFiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NormalizedNetworkTest {
    private static final String IP = "<ip address='10.0.0.1' prefix='24'/>";

    @TestFactory
    List<DynamicTest> theFormToCompareIsItsOwnFormToCompare() throws IOException {
        return NetworkDocumentFiles.all().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var once = NormalizedNetwork.of(NetworkDocumentFiles.read(file));
                    assertThat(NormalizedNetwork.of(once)).isEqualTo(once);
                }))
                .toList();
    }

    @Test
    void theModeNoneIsNoWayOut() {
        assertSame(network("<forward mode='none'/>" + IP), network(IP));
    }

    @Test
    void aWayOutWithoutModeTranslatesAddresses() {
        assertSame(network("<forward/>" + IP), network("<forward mode='nat'/>" + IP));
        assertDiffer(network(IP), network("<forward mode='nat'/>" + IP));
    }

    @Test
    void theDeviceOfAWayOutIsItsFirstInterface() {
        assertSame(
                network("<forward mode='route' dev='eth0'/>" + IP),
                network("<forward dev='eth0' mode='route'><interface dev='eth0'/></forward>" + IP));
        assertSame(
                network("<forward mode='vepa' dev='e1'><interface dev='e1'/><interface dev='e2'/></forward>"),
                network("<forward mode='vepa'><interface dev='e1'/><interface dev='e2'/></forward>"));
    }

    @Test
    void thePoolOfAPhysicalFunctionIsOfTheMoment() {
        assertRunsAs(network("<forward mode='hostdev' managed='yes'><pf dev='e3'/></forward>"), network("""
                        <forward mode='hostdev' managed='yes'>
                          <pf dev='e3'/>
                          <address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x1'/>
                        </forward>"""));
    }

    @Test
    void aDriverThatLibvirtWritesBesideForwardIsInIt() {
        assertSame(
                network("<forward mode='nat'><driver model='other'/></forward>" + IP),
                network("<forward mode='nat'/><driver model='other'/>" + IP));
    }

    @Test
    void anotherModeChangesNothingButTheMode() {
        for (var mode : List.of("nat", "open", "bridge", "hostdev")) {
            var forward = NormalizedNetwork.of(network("<forward mode='%s'/>".formatted(mode)))
                    .child("forward")
                    .orElseThrow();
            assertThat(forward.child("nat")).as(mode).isPresent();
        }
    }

    @Test
    void ofDevicesOfSeveralSortsOneSortIsRead() {
        assertSame(
                network("<forward mode='hostdev'><interface dev='e1'/></forward>"),
                network("<forward mode='hostdev'><interface dev='e1'/><pf dev='e3'/></forward>"));
    }

    @Test
    void aRunningNetworkSaysTheDefaultPorts() {
        var without = network("<forward mode='nat'/>" + IP);
        var with = network("<forward mode='nat'><nat><port start='1024' end='65535'/></nat></forward>" + IP);

        assertRunsAs(without, with);
        assertDiffer(without, with);
    }

    @Test
    void whatIsEmptySaysNothing() {
        assertSame(
                network("<dns/><bandwidth/><port/><mtu size='0'/><ip address='10.0.0.1' prefix='24'><dhcp/></ip>"),
                network(IP));
    }

    @Test
    void severalTagsAreATrunk() {
        assertSame(
                network("<vlan><tag id='1'/><tag id='2'/></vlan>"),
                network("<vlan trunk='yes'><tag id='1'/><tag id='2'/></vlan>"));
        assertDiffer(network("<vlan><tag id='1'/></vlan>"), network("<vlan trunk='yes'><tag id='1'/></vlan>"));
    }

    @Test
    void theExpiryOfALeaseIsReadAsCReadsIt() {
        var octal = "<dhcp><range start='10.0.0.2' end='10.0.0.9'><lease expiry='060'/></range></dhcp>";
        var decimal = "<dhcp><range start='10.0.0.2' end='10.0.0.9'><lease expiry='48' unit='minutes'/></range></dhcp>";

        assertSame(
                network("<ip address='10.0.0.1' prefix='24'>" + octal + "</ip>"),
                network("<ip address='10.0.0.1' prefix='24'>" + decimal + "</ip>"));
    }

    @Test
    void aBootImageTakesRangesOrHosts() {
        assertSame(network("<ip address='10.0.0.1' prefix='24'><dhcp><bootp file='x'/></dhcp></ip>"), network(IP));
    }

    @Test
    void libvirtKeepsOneElementOfEachNamespace() {
        assertSame(
                network("<metadata><a xmlns='urn:a'/><b xmlns='urn:a'/><c/></metadata>"),
                network("<metadata><a xmlns='urn:a'/></metadata>"));
    }

    private static void assertSame(Element one, Element other) {
        assertThat(NetworkComparison.of(one)).isEqualTo(NetworkComparison.of(other));
    }

    private static void assertRunsAs(Element definition, Element running) {
        assertSame(NormalizedNetwork.running(definition), NormalizedNetwork.running(running));
    }

    private static void assertDiffer(Element one, Element other) {
        assertThat(NetworkComparison.of(one)).isNotEqualTo(NetworkComparison.of(other));
    }
}
