package dev.paddock.host.libvirt.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.domain.BlockNode;
import dev.paddock.host.libvirt.snapshot.InPlaceRestoreCheck.Facts;
import dev.paddock.host.libvirt.snapshot.InPlaceRestoreCheck.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the QEMU that runs a guest may load a snapshot, and when it may not. */
class InPlaceRestoreCheckTest {
    private static final String MACHINE = """
            <uuid>18e03832-9399-47e1-94dc-5655f172071e</uuid>
            <memory unit='KiB'>131072</memory>
            <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
            <devices>
              <disk type='file' device='disk'><source file='/a.qcow2'/><target dev='vda' bus='virtio'/></disk>
              <controller type='pci' index='0' model='pcie-root'/>
              <controller type='virtio-serial' index='0'/>
              <interface type='network'><source network='n'/><filterref filter='f'/></interface>
              <graphics type='vnc' port='-1' autoport='yes' passwd='p'/>
              <serial type='pty'><target port='0'/></serial>
            </devices>""";
    private static final BlockNode DISK = new BlockNode("node-1", "vda", "qcow2", true, Map.of("clean", 4096L));

    private static Element element(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static Element domain(String body) {
        return element("<domain type='qemu'>" + body + "</domain>");
    }

    private static Facts facts(String then, String running, String defined, BlockNode... disks) {
        var snapshot = element("<domainsnapshot><state>running</state><memory snapshot='internal'/><domain type='qemu'>"
                + then + "</domain><inactiveDomain type='qemu'>" + then + "</inactiveDomain></domainsnapshot>");
        return new Facts("clean", snapshot, domain(running), Optional.of(domain(defined)), List.of(disks), false, true);
    }

    private static List<String> detour(Facts facts) {
        return InPlaceRestoreCheck.of(facts) instanceof Verdict.Detour detour ? detour.why() : List.of();
    }

    @Test
    void theSameMachineIsLoadedInto() {
        var readOnly = new BlockNode("node-2", "sda", "raw", false, Map.of());

        assertThat(InPlaceRestoreCheck.of(facts(MACHINE, MACHINE, MACHINE, DISK, readOnly)))
                .isEqualTo(new Verdict.Loads("node-1", List.of("node-1")));
    }

    @Test
    void aDiskWithoutMemoryIsBroughtBackAsWell() {
        var second = new BlockNode("node-2", "vdb", "qcow2", true, Map.of("clean", 0L));

        assertThat(InPlaceRestoreCheck.of(facts(MACHINE, MACHINE, MACHINE, second, DISK)))
                .isEqualTo(new Verdict.Loads("node-1", List.of("node-2", "node-1")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a title | <memory | <title>New</title><memory
            metadata | <memory | <metadata><a:b xmlns:a='a'/></metadata><memory
            a port that was found | port='-1' autoport='yes' | port='5900' autoport='yes' listen='127.0.0.1'
            a terminal that was found | <serial type='pty'><target port='0'/> | <serial type='pty' tty='/dev/pts/3'><source path='/dev/pts/3'/><target port='0'/>
            what every machine has | <devices> | <devices><input type='keyboard' bus='ps2'/><audio id='1' type='none'/>
            """)
    void whatSaysNothingOfTheMachineIsNoObstacle(String what, String from, String to) {
        var running = MACHINE.replace(from, to);
        assertThat(running).isNotEqualTo(MACHINE);

        assertThat(InPlaceRestoreCheck.of(facts(MACHINE, running, MACHINE, DISK)))
                .isInstanceOf(Verdict.Loads.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            memory | 131072 | 262144 | memory
            a device more | </devices> | <rng model='virtio'/></devices> | devices/rng
            a device less | <controller type='virtio-serial' index='0'/> | "" | devices/controller
            another image | /a.qcow2 | /b.qcow2 | devices/disk/source/@file
            another filter | filter='f' | filter='g' | devices/interface/filterref/@filter
            no filter | <filterref filter='f'/> | "" | devices/interface/filterref
            a network cable | <filterref | <link state='down'/><filterref | devices/interface/link
            another password | passwd='p' | passwd='q' | devices/graphics/@passwd
            another machine type | pc-q35-7.2 | pc-q35-7.1 | os/type/@machine
            another guest | 18e03832 | 28e03832 | uuid
            """)
    void anotherMachineIsNotLoadedInto(String what, String from, String to, String path) {
        var other = MACHINE.replace(from, to);
        assertThat(other).isNotEqualTo(MACHINE);

        assertThat(detour(facts(MACHINE, other, MACHINE, DISK)))
                .singleElement()
                .asString()
                .startsWith("what runs differs from it at " + path);
        assertThat(detour(facts(MACHINE, MACHINE, other, DISK)))
                .singleElement()
                .asString()
                .startsWith("what is defined differs from it at " + path);
    }

    @Test
    void theWatchdogOfTheChipsetIsToldByTheDefinitionAlone() {
        var watched = MACHINE.replace("</devices>", "<watchdog model='itco' action='reset'/></devices>");
        var other = MACHINE.replace("</devices>", "<watchdog model='i6300esb' action='reset'/></devices>");

        assertThat(InPlaceRestoreCheck.of(facts(watched, MACHINE, watched, DISK)))
                .isInstanceOf(Verdict.Loads.class);
        assertThat(detour(facts(watched, MACHINE, MACHINE, DISK)))
                .containsExactly("what is defined differs from it at devices/watchdog");
        assertThat(detour(facts(other, MACHINE, other, DISK)))
                .containsExactly("what runs differs from it at devices/watchdog");
    }

    @Test
    void aGenerationIdHasToChange() {
        var machine = MACHINE.replace("<memory", "<genid>0d3f7a4e-0000-4000-8000-000000000001</genid><memory");

        assertThat(detour(facts(machine, machine, machine, DISK)))
                .singleElement()
                .asString()
                .contains("genid");
    }

    @Test
    void memoryIsInOneImage() {
        var other = new BlockNode("node-2", "vdb", "qcow2", true, Map.of("clean", 1L));
        var none = new BlockNode("node-1", "vda", "qcow2", true, Map.of("clean", 0L));

        assertThat(detour(facts(MACHINE, MACHINE, MACHINE, DISK, other))).hasSize(1);
        assertThat(detour(facts(MACHINE, MACHINE, MACHINE, none))).hasSize(1);
    }

    @Test
    void aQemuThatIsAtWorkOrOldIsLeftAlone() {
        var good = facts(MACHINE, MACHINE, MACHINE, DISK);

        assertThat(detour(new Facts(
                        good.name(), good.snapshot(), good.running(), good.defined(), good.disks(), true, false)))
                .containsExactlyInAnyOrder(
                        "this QEMU does not know snapshot-load", "QEMU works on a disk at the moment");
    }

    @Test
    void anImageWithoutTheSnapshotIsNobodysToRestore() {
        var empty = new BlockNode("node-2", "vdb", "qcow2", true, Map.of("other", 7L));

        assertThat(InPlaceRestoreCheck.of(facts(MACHINE, MACHINE, MACHINE, DISK, empty)))
                .isEqualTo(new Verdict.Lost("vdb"));
    }

    @Test
    void aSnapshotOfATransientGuestHasNoDefinitionToCompare() {
        var good = facts(MACHINE, MACHINE, MACHINE, DISK);

        assertThat(InPlaceRestoreCheck.of(new Facts(
                        good.name(),
                        good.snapshot().withoutChildren("inactiveDomain"),
                        good.running(),
                        Optional.empty(),
                        good.disks(),
                        false,
                        true)))
                .isInstanceOf(Verdict.Loads.class);
    }
}
