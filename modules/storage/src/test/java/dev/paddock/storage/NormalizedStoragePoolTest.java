package dev.paddock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.XmlWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizedStoragePoolTest {
    @ParameterizedTest
    @CsvSource({
        "///var/////lib/libvirt/images//, /var/lib/libvirt/images",
        "//, //",
        "///, /",
        "/, /",
        "//a//b/, //a/b",
        "volume, volume",
        "gluster://host//a/, gluster://host//a/"
    })
    void slashesThatSayNothingGo(String path, String clean) {
        assertThat(StoragePaths.clean(path)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"700, 0700", "0700, 0700", "00, 00", "9, 9"})
    void modesCompareAsNumbers(String mode, String canonical) {
        assertThat(StoragePermissions.MODE.apply(mode)).isEqualTo(canonical);
    }

    @Test
    void whatLibvirtMeasuresAndWhatSaysNothingIsNotCompared() {
        same(
                "<pool type='dir'><name>p</name><capacity unit='bytes'>7</capacity><source/><target><path>/a/</path>"
                        + "<permissions><owner>-1</owner></permissions></target></pool>",
                "<pool type='dir'><name>p</name><target><path>/a</path></target></pool>");
    }

    @Test
    void sourceWithoutANameIsCalledAsThePool() {
        same(
                "<pool type='logical'><name>vg</name><source/></pool>",
                "<pool type='logical'><name>vg</name><source><name>vg</name><format type='lvm2'/></source>"
                        + "<target><path>/dev/vg</path></target></pool>");
    }

    @Test
    void poolWithoutANameIsCalledAsItsSource() {
        var pool =
                StorageDocumentFiles.of("<pool type='rbd'><source><host name='h'/><name>ceph</name></source></pool>");
        assertThat(new StoragePoolKind().documentName(pool)).contains("ceph");
    }

    @Test
    void adapterOfNoTypeIsTheHosts() {
        same(
                "<pool type='scsi'><name>p</name><source><adapter name='host0'/></source><target><path>/d</path></target></pool>",
                "<pool type='scsi'><name>p</name><source><adapter name='host0' type='scsi_host'/></source><target><path>/d</path></target></pool>");
    }

    @Test
    void glusterWithoutAFolderIsAtTheTop() {
        same(
                "<pool type='gluster'><name>p</name><source><host name='h'/><name>v</name></source></pool>",
                "<pool type='gluster'><name>p</name><source><host name='h' port='0'/><dir path='/'/><name>v</name></source></pool>");
    }

    @Test
    void whatATypeDoesNotTakeIsToldToBeDropped() {
        var pool = StorageDocumentFiles.of("<pool type='dir'><name>p</name><capacity>1</capacity>"
                + "<source><format type='ext3'/><device path='/dev/x'/><vendor name='v'/></source>"
                + "<target><path>/a</path><permissions><owner>-1</owner></permissions></target></pool>");
        assertThat(new StoragePoolKind().dropped(pool)).containsExactly("source/format", "source/device");
    }

    @Test
    void targetThatLibvirtChoosesItselfIsToldToBeDropped() {
        var pool =
                "<pool type='logical'><name>vg</name><source><name>vg</name></source><target><path>%s</path></target></pool>";
        assertThat(new StoragePoolKind().dropped(StorageDocumentFiles.of(pool.formatted("/elsewhere"))))
                .containsExactly("target/path");
        assertThat(new StoragePoolKind().dropped(StorageDocumentFiles.of(pool.formatted("/dev/vg/"))))
                .isEmpty();
    }

    private static void same(String one, String other) {
        assertThat(XmlWriter.write(NormalizedStoragePool.of(StorageDocumentFiles.of(one))))
                .isEqualTo(XmlWriter.write(NormalizedStoragePool.of(StorageDocumentFiles.of(other))));
    }
}
