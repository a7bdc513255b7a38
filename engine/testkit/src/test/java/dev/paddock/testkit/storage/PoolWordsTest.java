package dev.paddock.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.core.describe.Description;
import dev.paddock.storage.StoragePoolKind;
import dev.paddock.storage.volume.VolumeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What import writes of pools and volumes: their own words, and no raw document. */
class PoolWordsTest {
    @Test
    void poolOfEveryTypeIsSaidInWords() {
        PoolDocuments.own().forEach((label, document) -> inWords(label, document));
    }

    @Test
    void poolsThatOtherProjectsTestWithAreSaidInWords() {
        PoolDocuments.corpus("imported").forEach((label, document) -> inWords(label, document));
    }

    @Test
    void remotePoolsAreSaidInWords() {
        inWords(
                "rbd",
                PoolDocuments.parsed(
                        "<pool type='rbd' xmlns:rbd='http://libvirt.org/schemas/storagepool/rbd/1.0'><name>p</name>"
                                + "<source><host name='a' port='6789'/><host name='b'/><name>ceph</name>"
                                + "<auth type='ceph' username='u'><secret uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/></auth>"
                                + "</source><refresh><volume allocation='capacity'/></refresh>"
                                + "<rbd:config_opts><rbd:option name='o' value='v'/></rbd:config_opts></pool>"));
        inWords(
                "gluster",
                PoolDocuments.parsed("<pool type='gluster'><name>p</name><source><host name='a'/><dir path='/x'/>"
                        + "<name>v</name></source></pool>"));
        inWords(
                "iscsi-direct",
                PoolDocuments.parsed("<pool type='iscsi-direct'><name>p</name><source><host name='a'/>"
                        + "<device path='iqn.2013-06.com.example:t'/>"
                        + "<initiator><iqn name='iqn.2013-06.com.example:i'/></initiator></source></pool>"));
    }

    @Test
    void volumeIsSaidWithItsPool() {
        var volume = PoolDocuments.parsed("<volume type='file'><name>web.qcow2</name><key>/i/web.qcow2</key>"
                + "<capacity unit='bytes'>1073741824</capacity><allocation unit='bytes'>7</allocation>"
                + "<target><path>/i/web.qcow2</path><format type='qcow2'/><permissions><mode>0600</mode></permissions>"
                + "<timestamps><atime>1</atime></timestamps><compat>1.1</compat>"
                + "<clusterSize unit='B'>65536</clusterSize><features><lazy_refcounts/></features></target>"
                + "<backingStore><path>/i/base</path><format type='raw'/></backingStore></volume>");
        var words = described(new VolumeKind(), new ResourceId("volume", "images/web.qcow2"), volume);
        assertThat(words)
                .doesNotContainKey("xml")
                .containsEntry("name", "web.qcow2")
                .containsEntry("pool", "images")
                .containsEntry("capacity", "1 GiB")
                .containsEntry("backing", "/i/base");
    }

    private static void inWords(String label, Element document) {
        var name = document.childText("name").orElseThrow();
        assertThat(described(new StoragePoolKind(), new ResourceId("storage", name), document))
                .as(label)
                .containsKey("type")
                .doesNotContainKey("xml");
    }

    private static Map<String, Object> described(Kind kind, ResourceId id, Element document) {
        return new Description(kind, List.of(kind))
                .of(id, new Observed.Present("u", document, Optional.empty(), false, true, false));
    }
}
