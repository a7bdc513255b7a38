package dev.paddock.vm.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start fills in, resolves or drops is of the moment; what somebody changed of a running VM is not. */
class NormalizedLiveVmTest {
    private static final String NIC = "<devices><interface type='network'><mac address='52:54:00:00:00:01'/>"
            + "<source network='n'/>%s</interface></devices>";
    private static final String LIVE_NIC = "<devices><interface type='%s'><mac address='52:54:00:00:00:01'/>"
            + "<source network='n' portid='p' bridge='b'/><target dev='vnet7'/>%s<alias name='net0'/></interface></devices>";

    private static Element guest(String inner) {
        try {
            return XmlReader.read("<domain>" + inner + "</domain>");
        } catch (XmlException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static Element form(String live, String defined) {
        return NormalizedLiveVm.of(guest(live), guest(defined));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    network | <port isolated='yes'/>
                    network | <bandwidth><inbound average='10'/></bandwidth>
                    network | <mtu size='1400'/>
                    network | <vlan><tag id='7'/></vlan>
                    bridge | <virtualport type='openvswitch'><parameters interfaceid='i'/></virtualport>
                    """)
    void whatANetworkHandsDownIsOfTheMoment(String type, String part) {
        assertThat(form(LIVE_NIC.formatted(type, part), NIC.formatted("")))
                .isEqualTo(NormalizedVm.of(guest(NIC.formatted(""))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    <link state='down'/> | ""
                    <filterref filter='f'/> | ""
                    <bandwidth><inbound average='10'/></bandwidth> | <bandwidth><inbound average='20'/></bandwidth>
                    """)
    void whatSomebodyChangedOfAnInterfaceIsNot(String live, String defined) {
        assertThat(form(LIVE_NIC.formatted("network", live), NIC.formatted(defined)))
                .isNotEqualTo(NormalizedVm.of(guest(NIC.formatted(defined))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    <devices><disk type='file' device='cdrom'><driver name='qemu' type='raw'/><target dev='sda' bus='sata'/></disk></devices> | <devices><disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk></devices>
                    <devices><disk type='volume'><driver name='qemu' type='qcow2'/><source pool='p' volume='v'/><target dev='vda' bus='virtio'/></disk></devices> | <devices><disk type='volume'><driver name='qemu' type='raw'/><source pool='p' volume='v'/><target dev='vda' bus='virtio'/></disk></devices>
                    <devices><filesystem><driver type='virtiofs'/><binary path='/usr/libexec/virtiofsd'/><target dir='t'/></filesystem></devices> | <devices><filesystem><driver type='virtiofs'/><target dir='t'/></filesystem></devices>
                    <devices><filesystem><binary path='/usr/libexec/virtiofsd' xattr='on'/><target dir='t'/></filesystem></devices> | <devices><filesystem><binary xattr='on'/><target dir='t'/></filesystem></devices>
                    <devices><serial type='pty'><source path='/dev/pts/7'/></serial></devices> | <devices><serial type='pty'/></devices>
                    <devices><controller type='pci' index='3' model='pcie-root-port'/></devices> | <devices/>
                    <clock offset='variable' adjustment='42' basis='utc'/> | <clock offset='variable'/>
                    <os><type>hvm</type><loader readonly='yes' secure='yes'>/c</loader><nvram>/v</nvram></os><features><smm state='on'/></features> | <os firmware='efi'><type>hvm</type></os>
                    """)
    void whatAStartDeterminesIsOfTheMoment(String live, String defined) {
        assertThat(form(live, defined)).isEqualTo(NormalizedVm.of(guest(defined)));
    }
}
