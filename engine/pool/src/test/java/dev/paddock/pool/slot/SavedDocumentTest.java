package dev.paddock.pool.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import org.junit.jupiter.api.Test;

class SavedDocumentTest {
    private static final String SAVED = """
            <domain type='qemu'>
              <name>agents-1</name><uuid>11111111-1111-8111-8111-111111111111</uuid>
              <metadata><mark number='1'/></metadata>
              <os><type machine='pc-q35-7.2'>hvm</type></os>
              <devices>
                <disk type='file'><driver name='qemu' type='qcow2'/><source file='/images/agents-1-vda.qcow2' index='1'/>
                  <backingStore type='file'><source file='/images/base.qcow2'/></backingStore>
                  <target dev='vda'/><address type='pci' bus='0x03'/></disk>
                <disk type='file' device='cdrom'><source file='/seed.iso'/><target dev='sda'/><readonly/></disk>
                <interface type='network'><mac address='52:54:00:00:00:11'/><source network='lan'/>
                  <filterref filter='f'><parameter name='IP' value='10.0.0.1'/></filterref>
                  <link state='down'/><address type='pci' bus='0x01'/></interface>
                <interface type='network'><mac address='52:54:00:00:00:12'/><source network='wan'/></interface>
                <serial type='pty'><log file='/log/agents-1-serial.log'/><target port='0'/></serial>
                <console type='pty'><log file='/log/agents-1-serial.log'/><target type='serial'/></console>
                <filesystem type='mount'><source dir='/share/agents-1'/><target dir='workspace'/></filesystem>
                <filesystem type='mount'><source dir='/data'/><target dir='data'/></filesystem>
              </devices>
            </domain>
            """;

    private static final String OWN = """
            <domain type='qemu'>
              <name>agents-2</name><uuid>22222222-2222-8222-8222-222222222222</uuid>
              <metadata><mark number='2'/></metadata>
              <devices>
                <interface type='network'><mac address='52:54:00:00:00:21'/><source network='lan'/>
                  <filterref filter='f'><parameter name='IP' value='10.0.0.2'/></filterref></interface>
                <interface type='network'><mac address='52:54:00:00:00:22'/><source network='wan'/></interface>
                <disk type='file'><source file='/images/agents-2-vda.qcow2'/><target dev='vda'/></disk>
                <disk type='file' device='cdrom'><source file='/seed.iso'/><target dev='sda'/><readonly/></disk>
                <serial type='pty'><log file='/log/agents-2-serial.log'/></serial>
                <filesystem type='mount'><source dir='/share/agents-2'/><target dir='workspace'/></filesystem>
                <filesystem type='mount'><source dir='/data'/><target dir='data'/></filesystem>
              </devices>
            </domain>
            """;

    @Test
    void theMachineStaysAndTheIdentityIsThatOfTheOther() throws XmlException {
        var snapshot = XmlReader.read("<domainsnapshot><name>clean</name><parent><name>x</name></parent>" + SAVED
                + SAVED.replace("<domain ", "<inactiveDomain ").replace("</domain>", "</inactiveDomain>")
                + "<cookie/></domainsnapshot>");

        var text = XmlWriter.write(SavedDocument.of(snapshot, XmlReader.read(OWN)));

        var own = SAVED.replace("agents-1", "agents-2")
                .replace("11111111-1111-8111-8111-111111111111", "22222222-2222-8222-8222-222222222222")
                .replace("number='1'", "number='2'")
                .replace("52:54:00:00:00:1", "52:54:00:00:00:2")
                .replace("10.0.0.1'", "10.0.0.2'");
        assertThat(text)
                .isEqualTo(XmlWriter.write(XmlReader.read("<domainsnapshot><name>clean</name>" + own
                        + own.replace("<domain ", "<inactiveDomain ").replace("</domain>", "</inactiveDomain>")
                        + "<cookie/></domainsnapshot>")));
    }
}
