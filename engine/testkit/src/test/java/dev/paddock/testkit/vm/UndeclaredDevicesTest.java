package dev.paddock.testkit.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.RuleIndex;
import dev.paddock.vm.VmKind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody declared is libvirt's choice where libvirt would choose it, and drift where it would not. */
class UndeclaredDevicesTest {
    private final VmKind kind = new VmKind();

    private static Element guest(String devices) throws XmlException {
        return XmlReader.read(
                "<domain><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><devices>%s</devices></domain>"
                        .formatted(devices));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    <graphics type='vnc'/> | <graphics type='vnc'/><video><model type='vga'/></video> | true
                    "" | <video><model type='vga'/></video> | false
                    <graphics type='vnc'/> | <graphics type='vnc'/><video><model type='vga'/></video><video><model type='vga'/></video> | false
                    "" | <audio id='1' type='none'/> | true
                    "" | <audio id='1' type='alsa'/> | false
                    <graphics type='spice'/> | <graphics type='spice'/><audio id='1' type='spice'/> | true
                    "" | <controller type='usb' index='0' model='ich9-ehci1'/> | true
                    "" | <controller type='usb' index='1' model='ich9-ehci1'/> | false
                    "" | <controller type='usb' index='0' model='nec-xhci'/> | false
                    "" | <controller type='scsi' index='0'/> | false
                    <disk><target dev='sda' bus='scsi'/></disk> | <disk><target dev='sda' bus='scsi'/><address type='drive' controller='0'/></disk><controller type='scsi' index='0'/> | true
                    "" | <controller type='pci' index='1' model='pcie-root-port'/> | true
                    "" | <controller type='pci' index='1' model='pcie-root-port'/><controller type='pci' index='2' model='pcie-root-port'/><controller type='pci' index='3' model='pcie-root-port'/> | false
                    <controller type='pci' index='1' model='pcie-root-port'/> | <controller type='pci' index='1' model='pcie-root-port'/><controller type='pci' index='2' model='pcie-root-port'/> | true
                    <controller type='pci' index='1' model='pcie-root-port'/> | <controller type='pci' index='1' model='pcie-root-port'/><controller type='pci' index='4' model='pcie-root-port'/> | false
                    <vsock/> | <controller type='pci' index='1' model='pcie-root-port'/><controller type='pci' index='2' model='pcie-root-port'/><vsock><address type='pci' bus='0x02'/></vsock> | true
                    "" | <controller type='sata' index='0'><driver queues='2'/></controller> | false
                    "" | <hub type='usb'><address type='usb' port='1'/></hub> | false
                    "" | <memballoon model='virtio'/> | true
                    "" | <memballoon model='none'/> | false
                    "" | <memballoon model='virtio' autodeflate='on'/> | false
                    "" | <vsock model='virtio'><cid auto='yes'/></vsock> | false
                    "" | <emulator>/usr/bin/qemu-system-x86_64</emulator> | true
                    "" | <emulator>/opt/qemu</emulator> | false
                    <graphics type='vnc'/><video/> | <graphics type='vnc' passwd='p' passwdValidTo='2030-01-02T03:04:05'/><video/> | true
                    """)
    void whatLibvirtAddsIsWhatItWouldAddAgain(String declared, String observed, boolean isOfLibvirt)
            throws XmlException {
        var found = guest(observed);
        var form = kind.implied(kind.emulated(guest(declared), found, Map::of), found);
        var told = new Differ(new RuleIndex(kind.rules()))
                .differences(kind.comparable(form), kind.comparable(found), Set.of(), Change.Extent.DEFINED);
        assertThat(told.isEmpty()).as(told.toString()).isEqualTo(isOfLibvirt);
    }
}
