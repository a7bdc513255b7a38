package dev.paddock.host.libvirt.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageCheckTest {
    /** As `qemu-img info --output=json` of QEMU 7.2 writes it, shortened. */
    private static final String INFO = """
        {"virtual-size": 67108864, "filename": "/i/web.qcow2", "format": "qcow2",
         "snapshots": [{"name": "a", "id": "1", "vm-state-size": 0}, {"name": "a", "id": "2", "vm-state-size": 7}],
         "format-specific": {"type": "qcow2", "data": {"compat": "1.1",
            "bitmaps": [{"flags": ["auto"], "name": "c1", "granularity": 65536}]}}}
        """;

    @Test
    void theNamesOfSnapshotsAndBitmapsAreRead() {
        assertThat(ImageContents.parsed("vda", "/i/web.qcow2", INFO))
                .contains(new ImageContents("vda", "/i/web.qcow2", List.of("a", "a"), List.of("c1")));
        assertThat(ImageContents.parsed("vda", "/i/web.qcow2", "{}"))
                .contains(new ImageContents("vda", "/i/web.qcow2", List.of(), List.of()));
        assertThat(ImageContents.parsed("vda", "/i/web.qcow2", "qemu-img: no")).isEmpty();
    }

    @Test
    void aNameThatIsInAnImageIsNotTakenAgain() {
        assertThatThrownBy(() -> check(List.of("a"), List.of()).requireFree(List.of()))
                .hasMessageContaining("/i/web.qcow2");
        assertThatCode(() -> check(List.of("b"), List.of()).requireFree(List.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void ofTwoSnapshotsOfANameNoneIsRestoredOrDeleted() {
        assertThatThrownBy(() -> check(List.of("a", "b", "a"), List.of()).requireSingle())
                .hasMessageContaining("2 snapshots \"a\"");
        assertThatCode(() -> check(List.of("a", "b", "b"), List.of()).requireSingle())
                .doesNotThrowAnyException();
    }

    @Test
    void noSnapshotIsTakenOrRestoredBesideBitmapsOrCheckpoints() {
        assertThatThrownBy(() -> check(List.of(), List.of("b1")).requireFree(List.of()))
                .hasMessageContaining("bitmaps in its images (b1)");
        assertThatThrownBy(() -> check(List.of(), List.of()).requireFree(List.of("c1")))
                .hasMessageContaining("checkpoints (c1)");
        assertThatCode(() -> check(List.of(), List.of()).requireWithoutBitmaps(List.of(), ""))
                .doesNotThrowAnyException();
    }

    private static ImageCheck check(List<String> snapshots, List<String> bitmaps) {
        return new ImageCheck("web", "a", List.of(new ImageContents("vda", "/i/web.qcow2", snapshots, bitmaps)));
    }
}
