package dev.paddock.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.storage.StorageDocumentFiles;
import dev.paddock.storage.StorageSizes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeKindTest {
    private static final ResourceId ID = new ResourceId("volume", "images/web.qcow2");
    private static final Element VOLUME =
            StorageDocumentFiles.of("<volume><name>web.qcow2</name><capacity unit='KB'>3</capacity></volume>");

    private final VolumeKind kind = new VolumeKind();

    @ParameterizedTest
    @CsvSource({"10 GiB, 10737418240", "10G, 10737418240", "1kb, 1000", "1 KiB, 1024", "7, 7", "7 bytes, 7", "0, 0"})
    void sizesAreReadAsLibvirtReadsThem(String text, String bytes) {
        assertThat(StorageSizes.TYPE.read().apply(text)).isEqualTo(new Reading.Good(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "-1", "1.5 GiB", "1 GX", "1 QiB"})
    void whatIsNoSizeIsRefused(String text) {
        assertThat(StorageSizes.TYPE.read().apply(text)).isInstanceOf(Reading.Bad.class);
    }

    @ParameterizedTest
    @CsvSource({"raw, 3000", "qcow2, 3072"})
    void sizesComparedAreThoseThatQemuMakes(String format, String capacity) {
        var volume = VOLUME.plus(StorageDocumentFiles.of("<target><format type='" + format + "'/></target>"));
        assertThat(kind.comparable(volume).childText("capacity")).contains(capacity);
    }

    @Test
    void whatGuestsChangeIsNotCompared() {
        var volume = VOLUME.plus(StorageDocumentFiles.of("<allocation>7</allocation>"))
                .plus(StorageDocumentFiles.of("<target><permissions><owner>64055</owner></permissions></target>"));
        assertThat(kind.comparable(volume)).isEqualTo(kind.comparable(VOLUME));
    }

    @Test
    void growingIsLiveAndShrinkingLosesData() {
        assertThat(kind.cost(capacity("1", "2"), observed("file"))).isEqualTo(Cost.LIVE);
        assertThat(kind.cost(capacity("2", "1"), observed("file"))).isEqualTo(Cost.LOSS);
    }

    @Test
    void growingIsOneStepAndAnotherFormatTwo() {
        assertThat(update(capacity("1", "2").costing(Cost.LIVE, ""))).containsExactly(new Action.Resize(ID, 2, false));
        assertThat(update(capacity("2", "1"))).containsExactly(new Action.Resize(ID, 1, true));
        assertThat(update(change("target/format/@type", "raw", "qcow2")))
                .extracting(action -> action.getClass().getSimpleName())
                .containsExactly("Undefine", "Define");
    }

    @Test
    void logicalVolumeMayBeRoundedUpToAnExtent() {
        assertThat(kind.matters(capacity("4194304", "4000000"), observed("block")))
                .isFalse();
        assertThat(kind.matters(capacity("4194304", "4000000"), observed("file")))
                .isTrue();
        assertThat(kind.matters(capacity("4194304", "8388608"), observed("block")))
                .isTrue();
        assertThat(kind.matters(capacity("8388608", "4194304"), observed("block")))
                .isTrue();
    }

    @Test
    void volumeNeedsItsPool() {
        assertThat(kind.references(ID, VOLUME))
                .containsExactly(new ResourceReference(new ResourceId("storage", "images"), "pool").in("pool"));
    }

    @Test
    void volumeIsAFileInTheFolderOfItsPool() {
        var pool = StorageDocumentFiles.of(
                "<pool type='dir'><name>images</name><target><path>/srv//i/</path></target></pool>");
        assertThat(kind.file(ID, VOLUME, id -> Optional.of(pool))).contains("/srv/i/web.qcow2");
        assertThat(kind.file(ID, VOLUME, id -> Optional.empty())).isEmpty();
    }

    private List<Action> update(Change change) {
        return kind.update(new UpdateRequest(
                new DesiredResource(ID, VOLUME, DesiredState.ACTIVE, Optional.empty()),
                observed("file"),
                VOLUME,
                List.of(change)));
    }

    private static Change capacity(String before, String after) {
        return change("capacity", before, after);
    }

    private static Change change(String path, String before, String after) {
        return new Change(
                path,
                path,
                Change.Action.CHANGE,
                Optional.of(before),
                Optional.of(after),
                Change.Extent.DEFINED,
                Cost.LOSS,
                "");
    }

    private static Observed.Present observed(String type) {
        return new Observed.Present(
                "u",
                StorageDocumentFiles.of("<volume type='" + type + "'><name>web.qcow2</name></volume>"),
                Optional.empty(),
                true,
                true,
                false);
    }
}
