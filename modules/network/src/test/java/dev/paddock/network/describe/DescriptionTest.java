package dev.paddock.network.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.network.NetworkComparison;
import dev.paddock.network.NetworkDocumentFiles;
import dev.paddock.network.NetworkKind;
import dev.paddock.network.RenderedNetwork;
import dev.paddock.network.SchemaCheckedNetwork;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DescriptionTest {
    private static final Path CORPUS =
            Path.of(System.getProperty("paddock.corpus", "../../../shared/corpus"), "network");

    /** In a document of virt-manager's tests, which libvirt ignores and its schema refuses. */
    private static final String UNKNOWN = "via";

    @TestFactory
    List<DynamicTest> whatIsDescribedIsTheSameNetworkAgain() throws IOException {
        return tests(NetworkDocumentFiles.all());
    }

    @TestFactory
    List<DynamicTest> whatOtherProjectsTestWithIsDescribedToo() throws IOException {
        assumeTrue(
                Files.isDirectory(CORPUS),
                () -> "There is no folder " + CORPUS + " of networks; name another with -Dpaddock.corpus=FOLDER.");
        try (var files = Files.walk(CORPUS)) {
            return tests(files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList());
        }
    }

    @Test
    void aNetworkOfOneAddressReadsLikeASentence() {
        var network = NetworkDocumentFiles.network("""
                <forward mode='nat'><nat><port start='1024' end='65535'/></nat></forward>
                <bridge name='virbr7' stp='on' delay='0'/>
                <ip address='192.168.101.1' prefix='24'>
                  <dhcp><range start='192.168.101.10' end='192.168.101.254'/></dhcp>
                </ip>""");

        assertThat(NetworkDescription.of(network))
                .containsExactly(
                        Map.entry("forward", Map.of("mode", "nat", "ports", "1024-65535")),
                        Map.entry("bridge", "virbr7"),
                        Map.entry("address", "192.168.101.1/24"),
                        Map.entry("dhcp", "192.168.101.10-192.168.101.254"));
    }

    private static List<DynamicTest> tests(List<Path> files) {
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var document = NetworkDocumentFiles.read(file);
                    assertThat(NetworkComparison.of(again(document))).isEqualTo(NetworkComparison.of(known(document)));
                }))
                .toList();
    }

    private static Element again(Element document) throws TemplateException, XmlException {
        var kind = new NetworkKind();
        var model = SchemaCheckedNetwork.model(kind.describe(document));
        return RenderedNetwork.network(kind.documentName(document).orElseThrow(), model);
    }

    private static Element known(Element document) {
        return document.withChildren(document.children().stream()
                .map(child -> child.is("ip") ? child.withoutAttribute(UNKNOWN) : child)
                .toList());
    }
}
