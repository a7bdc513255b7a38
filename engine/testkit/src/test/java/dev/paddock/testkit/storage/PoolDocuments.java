package dev.paddock.testkit.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Documents of pools: those that other projects test with, and one of each type that says all it can. */
final class PoolDocuments {
    private static final Path CORPUS = Path.of(System.getProperty("paddock.corpus", "../../../shared/corpus"));

    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry(
                    "dir",
                    "<pool type='dir'><name>p</name>"
                            + "<source><vendor name='v'/><product name='q'/></source>"
                            + "<target><path>/srv/a//b/</path><permissions><mode>755</mode><owner>1</owner>"
                            + "<group>2</group><label>l</label></permissions></target></pool>"),
            Map.entry(
                    "btrfs",
                    "<pool type='dir'><name>p</name><features><cow state='no'/></features>"
                            + "<target><path>/srv/btrfs</path></target></pool>"),
            Map.entry(
                    "fs",
                    "<pool type='fs' xmlns:fs='http://libvirt.org/schemas/storagepool/fs/1.0'><name>p</name>"
                            + "<source><device path='/dev/sdx1' part_separator='yes'/><format type='ext4'/></source>"
                            + "<target><path>/srv/fs</path></target>"
                            + "<fs:mount_opts><fs:option name='ro'/><fs:option name='noatime'/></fs:mount_opts></pool>"),
            Map.entry(
                    "netfs",
                    "<pool type='netfs'><name>p</name><source><host name='h.example.com' port='111'/>"
                            + "<dir path='/exports//'/><protocol ver='4'/></source>"
                            + "<target><path>/srv/net</path><permissions><mode>0711</mode></permissions></target></pool>"),
            Map.entry(
                    "logical",
                    "<pool type='logical'><name>p</name><source><device path='/dev/sdx'/><device path='/dev/sdy'/>"
                            + "<name>vg</name></source><target><path>/elsewhere</path></target></pool>"),
            Map.entry(
                    "logical of no name",
                    "<pool type='logical'><name>p</name><source><format type='lvm2'/></source><target/></pool>"),
            Map.entry(
                    "disk",
                    "<pool type='disk'><name>p</name><source><device path='/dev/sdx'/><format type='gpt'/></source>"
                            + "<target><path>/dev</path></target></pool>"),
            Map.entry(
                    "iscsi",
                    "<pool type='iscsi'><name>p</name><source><host name='h' port='3260'/>"
                            + "<device path='iqn.2013-06.com.example:iscsi-pool'/>"
                            + "<initiator><iqn name='iqn.2013-06.com.example:client'/></initiator>"
                            + "<auth type='chap' username='u'><secret usage='s'/></auth></source>"
                            + "<target><path>/dev/disk/by-path</path></target></pool>"),
            Map.entry(
                    "scsi",
                    "<pool type='scsi'><name>p</name><source><adapter name='host7'/></source>"
                            + "<target><path>/dev/disk/by-path</path></target></pool>"),
            Map.entry(
                    "scsi by address",
                    "<pool type='scsi'><name>p</name><source><adapter type='scsi_host'><parentaddr unique_id='1'>"
                            + "<address domain='0' bus='0x1f' slot='010'/></parentaddr></adapter></source>"
                            + "<target><path>/dev/disk/by-path</path></target></pool>"),
            Map.entry(
                    "scsi by fabric",
                    "<pool type='scsi'><name>p</name><source><adapter type='fc_host' managed='no'"
                            + " parent_fabric_wwn='2001000dec9877c1' wwnn='20000000c9831b4b' wwpn='10000000c9831b4b'/>"
                            + "</source><target><path>/dev/disk/by-id</path></target></pool>"),
            Map.entry("mpath", "<pool type='mpath'><name>p</name><target><path>/dev/mapper</path></target></pool>"));

    private PoolDocuments() {}

    static Map<String, Element> own() {
        Map<String, Element> documents = new LinkedHashMap<>();
        OWN.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> documents.put(entry.getKey(), parsed(entry.getValue())));
        return documents;
    }

    /** Return the documents by file, renamed and without their UUIDs, or skip the test where there are none. */
    static Map<String, Element> corpus(String name) {
        var folder = CORPUS.resolve("storagepool");
        assumeTrue(
                Files.isDirectory(folder),
                () -> "There is no folder " + folder + " of documents; name its parent with -Dpaddock.corpus=FOLDER.");
        Map<String, Element> documents = new LinkedHashMap<>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".xml"))
                    .sorted()
                    .toList()) {
                documents.put(
                        folder.relativize(file).toString(),
                        parsed(Files.readString(file))
                                .withoutChildren("uuid")
                                .withChild(Element.of("name").withText(name)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return documents;
    }

    static Element parsed(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw new IllegalStateException(xml, malformed);
        }
    }
}
