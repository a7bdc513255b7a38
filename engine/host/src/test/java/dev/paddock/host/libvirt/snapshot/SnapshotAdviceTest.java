package dev.paddock.host.libvirt.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.domain.GuestState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way out of a snapshot that libvirt refuses. */
class SnapshotAdviceTest {
    private static final String QCOW2 = "<disk><driver type='qcow2'/><target dev='vda'/></disk>";

    private static Element guest(String devices) {
        try {
            return XmlReader.read("<domain><os/><devices>" + devices + "</devices></domain>");
        } catch (XmlException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static Optional<String> way(String devices, GuestState state) {
        return SnapshotAdvice.wayToTake("refused", guest(devices), state);
    }

    @Test
    void aRawDiskIsToBeConverted() {
        assertThat(way(QCOW2 + "<disk><driver type='raw'/><target dev='vdb'/></disk>", GuestState.RUNNING))
                .hasValueSatisfying(way -> assertThat(way).contains("vdb (raw)", "qemu-img convert"));
    }

    @Test
    void aDiskThatIsOnlyReadIsNoObstacle() {
        assertThat(way(
                        QCOW2
                                + "<disk device='cdrom'><driver type='raw'/></disk><disk><driver"
                                + " type='raw'/><readonly/></disk>",
                        GuestState.RUNNING))
                .isEmpty();
    }

    @Test
    void memoryNeedsAPlace() {
        assertThat(way("", GuestState.PAUSED))
                .hasValueSatisfying(way -> assertThat(way).contains("small qcow2 disk"));
    }

    @Test
    void sharesAndDevicesOfTheHostAreToBeLetGo() {
        assertThat(way(QCOW2 + "<filesystem/>", GuestState.RUNNING))
                .hasValueSatisfying(way -> assertThat(way).contains("umount"));
        assertThat(way(QCOW2 + "<filesystem/>", GuestState.OFF)).isEmpty();
        assertThat(way(QCOW2 + "<hostdev/>", GuestState.RUNNING))
                .hasValueSatisfying(way -> assertThat(way).contains("Unplug"));
    }

    /** The words are those of libvirt 9.0 and 11.3. */
    @Test
    void theFirmwareIsAdvisedOnByWhatLibvirtSays() {
        assertThat(SnapshotAdvice.wayToTake(
                        "internal snapshots of a VM with pflash based firmware are not supported",
                        guest(QCOW2),
                        GuestState.RUNNING))
                .hasValueSatisfying(way -> assertThat(way).contains("firmware: bios"));
        assertThat(SnapshotAdvice.wayToTake(
                        "internal snapshots of a VM with pflash based firmware require QCOW2 nvram format",
                        guest(QCOW2),
                        GuestState.RUNNING))
                .hasValueSatisfying(way -> assertThat(way).contains("raw file").doesNotContain("bios"));
        assertThat(way(QCOW2, GuestState.RUNNING)).isEmpty();
    }

    @Test
    void aFullDiskIsToldFirst() {
        for (var words : List.of(
                "Error while writing VM state: Input/output error",
                "snapshot-save job failed: ram_save_setup failed: Input/output error")) {
            assertThat(SnapshotAdvice.wayToTake(words, guest(""), GuestState.RUNNING))
                    .hasValueSatisfying(way -> assertThat(way).startsWith("Make room"));
        }
    }
}
