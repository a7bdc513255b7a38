package dev.paddock.vm.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayeredDisksTest {
    private static final ResourceId VM = new ResourceId("vm", "web");
    private static final SourceLocation PLACE = new SourceLocation("a.yaml", 1, 1);
    private static final String OVERLAY = "<source file='/images/web.s1'/>";

    /** The sources that a disk can be declared on, with the type of the disk. */
    private static final Map<String, String> SOURCES = Map.of(
            "<source file='/images/web.qcow2'/>", "file",
            "<source dev='/dev/vg/web'/>", "block",
            "<source pool='images' volume='web.qcow2'/>", "volume",
            "<source protocol='rbd' name='pool/web'><host name='a'/></source>", "network",
            "<source protocol='iscsi' name='iqn.2013-06.com.example:a'/>", "network");

    /** A case: what is declared, what the definition says below the overlay, and what the host knows of layers. */
    record Case(String type, String source, String format, String chain, List<String> layers) {}

    /** Every source in every format, as the layer below, as a deeper one, and known in each way. */
    static List<Case> belows() {
        List<Case> cases = new ArrayList<>();
        SOURCES.forEach((source, type) -> {
            for (var format : List.of("raw", "qcow2")) {
                cases.add(new Case(type, source, format, store(source, ""), List.of()));
                cases.add(new Case(
                        type, source, format, store("<source file='/images/web.s0'/>", store(source, "")), List.of()));
                cases.add(new Case(type, source, format, "", List.of(source)));
                cases.add(new Case(type, source, format, "", List.of("<source file='/images/web.s0'/>", source)));
                cases.add(
                        new Case(type, source, format, store("<source file='/images/web.s0'/>", ""), List.of(source)));
            }
        });
        return cases;
    }

    @ParameterizedTest
    @MethodSource("belows")
    void aDiskOnALayerAboveTheDeclaredOneStaysThere(Case each) throws XmlException {
        var declared = vm(disk(each.type(), each.format(), each.source(), ""));
        var observed = vm(disk("file", "qcow2", OVERLAY, each.chain()));
        var layers = Map.of("vda", elements(each.layers()));

        assertThat(LayeredDisks.matter(declared, observed)).isTrue();
        var layered = LayeredDisks.on(declared, observed, layers);
        assertThat(NormalizedVm.of(layered)).isEqualTo(NormalizedVm.of(observed));
        assertThat(LayeredDisks.warnings(VM, PLACE, declared, layered, observed))
                .extracting(warning -> warning.code())
                .containsExactly(Code.DISK_LAYERED);
    }

    static Stream<Case> others() {
        return belows().stream()
                .map(each -> new Case(each.type(), each.source(), each.format(), "", List.of()))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("others")
    void aDiskThatIsAnotherChangesAndIsWarnedOf(Case each) throws XmlException {
        var declared = vm(disk(each.type(), each.format(), each.source(), ""));
        var observed = vm(disk("file", "qcow2", "<source file='/elsewhere'/>", ""));
        var layers = Map.of("vda", elements(List.of("<source file='/images/base.qcow2'/>")));

        var layered = LayeredDisks.on(declared, observed, layers);
        assertThat(layered).isEqualTo(declared);
        assertThat(LayeredDisks.warnings(VM, PLACE, declared, layered, observed))
                .extracting(warning -> warning.code())
                .containsExactly(Code.DISK_REPLACED);
    }

    @Test
    void anotherDriveIsNoLayer() throws XmlException {
        var declared = vm(disk("file", "raw", "<source file='/a.iso'/>", "").replace("'disk'", "'cdrom'"));
        var observed = vm(disk("file", "raw", "<source file='/b.iso'/>", "").replace("'disk'", "'cdrom'"));

        assertThat(LayeredDisks.matter(declared, observed)).isFalse();
        assertThat(LayeredDisks.warnings(VM, PLACE, declared, declared, observed))
                .isEmpty();
    }

    /** What a person writes as the chain of a disk is drift unless it is true. */
    @Test
    void aChainThatNothingConfirmsIsNotTheHosts() throws XmlException {
        var source = "<source file='/images/web.qcow2'/>";
        var base = "<source file='/images/base.qcow2'/>";
        var declared = vm(disk("file", "qcow2", source, ""));
        var observed = vm(disk("file", "qcow2", source, store(base, "")));

        assertThat(LayeredDisks.on(declared, observed, Map.of())).isEqualTo(declared);
        assertThat(LayeredDisks.on(declared, observed, Map.of("vda", elements(List.of(base)))))
                .isEqualTo(observed);
    }

    private static String store(String source, String next) {
        return "<backingStore type='file'><format type='qcow2'/>" + source + next + "</backingStore>";
    }

    private static String disk(String type, String format, String source, String chain) {
        return "<disk type='" + type + "' device='disk'><driver name='qemu' type='" + format + "'/>" + source
                + "<target dev='vda' bus='virtio'/>" + chain + "</disk>";
    }

    private static Element vm(String disk) throws XmlException {
        return XmlReader.read("<domain><devices>" + disk + "</devices></domain>");
    }

    private static List<Element> elements(List<String> texts) throws XmlException {
        List<Element> elements = new ArrayList<>();
        for (var text : texts) {
            elements.add(XmlReader.read(text));
        }
        return elements;
    }
}
