package dev.paddock.host.libvirt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLayersTest {
    private final Map<String, Observed> volumes = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"file='/p/c'", "dev='/p/c'", "pool='p' volume='c'"})
    void theChainOfVolumesIsFollowedWhateverNamesTheDisk(String source) throws XmlException {
        volume("a", "");
        volume("b", backing("/p/a", "qcow2"));
        volume("c", backing("/p/b", "qcow2"));

        assertThat(layers().below(disk("qcow2", source)))
                .contains(source("file='/p/b'"), source("pool='p' volume='b'"))
                .contains(source("file='/p/a'"), source("dev='/p/a'"), source("pool='p' volume='a'"))
                .doesNotContain(source("file='/p/c'"));
    }

    /** The content of a raw disk is the guest's, so what its beginning says of a backing file proves nothing. */
    @Test
    void aRawDiskHasNothingBelowIt() throws XmlException {
        volume("a", "");
        volume("b", backing("/p/a", "qcow2"));
        volume("c", backing("/p/b", "raw"));

        assertThat(layers().below(disk("raw", "file='/p/b'"))).isEmpty();
        assertThat(layers().below(disk("qcow2", "file='/p/c'")))
                .contains(source("file='/p/b'"))
                .doesNotContain(source("file='/p/a'"));
    }

    @Test
    void theChainOfADocumentAndThoseOfVolumesAreOne() throws XmlException {
        volume("a", "");
        volume("b", backing("/p/a", "raw"));
        var layers = layers();
        layers.add(XmlReader.read("<domain><devices><disk><source file='/p/c'/><backingStore><format type='qcow2'/>"
                + "<source file='/p/b'/></backingStore></disk></devices></domain>"));

        assertThat(layers.isBelow("/p/a", disk("qcow2", "file='/p/c'"))).isTrue();
        assertThat(layers.isBelow("/p/c", disk("qcow2", "file='/p/c'"))).isFalse();
    }

    @Test
    void aChainThatGoesInACircleEnds() throws XmlException {
        volume("a", backing("/p/b", "qcow2"));
        volume("b", backing("/p/a", "qcow2"));

        assertThat(layers().isBelow("/p/b", disk("qcow2", "file='/p/a'"))).isTrue();
    }

    private SourceLayers layers() {
        return new SourceLayers(volumes, Optional.empty());
    }

    private void volume(String name, String backing) throws XmlException {
        volumes.put(
                "p/" + name,
                new Observed.Present(
                        "",
                        XmlReader.read("<volume><target><path>/p/" + name + "</path></target>" + backing + "</volume>"),
                        Optional.empty(),
                        true,
                        true,
                        false));
    }

    private static String backing(String path, String format) {
        return "<backingStore><path>" + path + "</path><format type='" + format + "'/></backingStore>";
    }

    private static Element disk(String format, String source) throws XmlException {
        return XmlReader.read("<disk><driver type='" + format + "'/><source " + source + "/></disk>");
    }

    private static Element source(String attributes) throws XmlException {
        return XmlReader.read("<source " + attributes + "/>");
    }
}
