package dev.paddock.pool.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.pool.SlotMark;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotDocumentTest {
    private static final String TEMPLATE = """
            <domain type='qemu'>
              <name>agents</name>
              <uuid>5a0f6d0e-1111-5222-8333-944445555666</uuid>
              <metadata>
                <pool:pool xmlns:pool='https://paddock.dev/xmlns/pool/1' warm='1' max='4' lease='1800' longest='14400'
                           reset='restore' on_empty='wait' patience='30' starts='2'
                           addresses='192.168.50.64-192.168.50.67'>
                  <pool:disk target='vda' capacity='1048576' backing='/images/base.qcow2' backing_format='qcow2'/>
                </pool:pool>
                <other xmlns='https://example.com/1'/>
              </metadata>
              <memory unit='KiB'>262144</memory>
              <devices>
                <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
                  <source file='/var/lib/libvirt/images/paddock/agents-vda.qcow2'/><target dev='vda' bus='virtio'/></disk>
                <disk type='file' device='disk'><driver name='qemu' type='raw'/>
                  <source file='/data/golden.raw'/><target dev='vdb' bus='virtio'/></disk>
                <disk type='file' device='cdrom'><driver name='qemu' type='raw'/>
                  <source file='/seed.iso'/><target dev='sda' bus='sata'/><readonly/></disk>
                <interface type='network'>
                  <mac address='52:54:00:00:00:01'/><source network='lan'/>
                  <filterref filter='f'><parameter name='IP' value='192.168.50.64'/><parameter name='GATEWAY' value='192.168.50.1'/></filterref>
                </interface>
                <interface type='network'><mac address='52:54:00:00:00:02'/><source network='other'/></interface>
                <serial type='pty'><log file='/var/log/libvirt/qemu/agents-serial.log' append='off'/></serial>
              </devices>
            </domain>
            """;

    private static final SlotDocument THIRD = third();

    private static SlotDocument third() {
        try {
            var template = PoolTemplate.of(XmlReader.read(TEMPLATE)).orElseThrow();
            var share = Element.of("filesystem").withAttribute("type", "mount");
            return SlotDocument.of(template, template.slot(3), "abcd", Optional.of(share));
        } catch (XmlException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private static Element devices() {
        return THIRD.domain().child("devices").orElseThrow();
    }

    @Test
    void aGuestOfAPoolHasItsOwnIdentityAndTheMarkOfThePool() {
        var mark = SlotMark.of(THIRD.domain()).orElseThrow();

        assertThat(THIRD.domain().childText("name")).contains("agents-3");
        assertThat(THIRD.domain().childText("uuid")).contains(mark.slot().id());
        assertThat(mark.incarnation()).isEqualTo("abcd");
        assertThat(THIRD.domain().childText("memory")).contains("262144");
        assertThat(XmlWriter.write(THIRD.domain()))
                .doesNotContain("example.com")
                .doesNotContain("warm=");
    }

    @Test
    void writableDisksAreItsOwnAndReadOnlyDisksAreShared() {
        assertThat(devices().children("disk"))
                .extracting(disk ->
                        disk.child("source").orElseThrow().attribute("file").orElse(""))
                .containsExactly(
                        "/var/lib/libvirt/images/paddock/agents-3-vda.qcow2",
                        "/var/lib/libvirt/images/paddock/agents-3-vdb.qcow2",
                        "/seed.iso");
        assertThat(THIRD.volumes()).hasSize(2);
        assertThat(THIRD.volumes().get("agents-3-vdb.qcow2"))
                .satisfies(
                        disk -> assertThat(disk.backing().orElseThrow().path()).isEqualTo("/data/golden.raw"))
                .satisfies(disk ->
                        assertThat(disk.backing().orElseThrow().format()).isEqualTo("raw"));
        assertThat(devices()
                        .child("serial")
                        .orElseThrow()
                        .child("log")
                        .orElseThrow()
                        .attribute("file"))
                .contains("/var/log/libvirt/qemu/agents-3-serial.log");
        assertThat(devices().children("filesystem")).hasSize(1);
    }

    @Test
    void itsAddressesAreItsOwnInTheFilterToo() {
        var slot = SlotMark.of(THIRD.domain()).orElseThrow().slot();
        var nics = devices().children("interface");

        assertThat(nics)
                .extracting(nic ->
                        nic.child("mac").orElseThrow().attribute("address").orElse(""))
                .containsExactlyElementsOf(List.of(slot.mac(0), slot.mac(1)));
        assertThat(nics.getFirst().child("filterref").orElseThrow().children("parameter"))
                .extracting(parameter -> parameter.attribute("value").orElse(""))
                .containsExactlyInAnyOrder("192.168.50.66", "192.168.50.1");
    }
}
