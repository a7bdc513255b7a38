package dev.paddock.host.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LibvirtSchemasTest {
    private final LibvirtSchemas schemas = new LibvirtSchemas();

    @Test
    void validDocumentHasNoProblems() {
        assertThat(network("<forward mode='nat'/><ip address='10.0.0.1' prefix='24'/>"))
                .isEmpty();
    }

    @Test
    void unknownElementIsNamed() {
        assertThat(network("<bogus x='1'/>")).containsExactly("bogus: <bogus x='1'> is not accepted here.");
    }

    @Test
    void badValueIsNamedByItsPath() {
        assertThat(network("<forward mode='natt'/>")).containsExactly("forward/@mode: 'natt' is not accepted here.");
    }

    @Test
    void badValueDeepWithinIsFound() {
        assertThat(network("<ip address='10.0.0.1' prefix='24'><dhcp><range start='x' end='10.0.0.9'/></dhcp></ip>"))
                .containsExactly("ip/dhcp/range: <range start='x' end='10.0.0.9'> is not accepted here.");
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        assertThat(network("<forward mode='natt'/><mtu size='abc'/><ip address='10.0.0.1' prefix='240'/>"))
                .hasSize(3);
    }

    @Test
    void attributeThatLibvirtWouldDropIsFound() {
        assertThat(check(
                        "nwfilter.rng",
                        "<filter name='a'><rule action='accept' direction='out'><tcp dstport='80'/></rule></filter>"))
                .containsExactly("rule/tcp/@dstport: '80' is not accepted here.");
    }

    @Test
    void badAttributeOfTheRootIsFound() {
        assertThat(check("nwfilter.rng", "<filter name='a' bogus='b'/>"))
                .containsExactly("@bogus: 'b' is not accepted here.");
    }

    @Test
    void malformedDocumentIsToldWithItsLine() {
        assertThat(check("network.rng", "<network>\n<name>"))
                .singleElement()
                .asString()
                .startsWith("line 2: ");
    }

    @Test
    void textOutsideOfAsciiIsUnderstood() {
        assertThat(network("<metadata><o xmlns='urn:ü'>€</o></metadata>")).isEmpty();
    }

    @Test
    void missingSchemaIsNotAVerdict() {
        assertThat(new LibvirtSchemas(Path.of("/nonexistent")).check("network.rng", "<network/>"))
                .isInstanceOf(SchemaVerdict.NotChecked.class);
    }

    @Test
    void severalThreadsMayCheck() throws Exception {
        Callable<Integer> work = () -> {
            var problems = 0;
            for (var i = 0; i < 50; i++) {
                problems +=
                        network(i % 2 == 0 ? "<bogus/>" : "<mtu size='9000'/>").size();
            }
            return problems;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(Collections.nCopies(4, work))) {
                assertThat(done.get()).isEqualTo(25);
            }
        }
    }

    private List<String> network(String content) {
        return check("network.rng", "<network><name>n</name>" + content + "</network>");
    }

    private List<String> check(String schema, String xml) {
        assumeTrue(Files.isDirectory(LibvirtSchemas.INSTALLED), "libvirt's schemas (package libvirt0) are missing.");
        return switch (schemas.check(schema, xml)) {
            case SchemaVerdict.Checked(List<String> problems) -> problems;
            case SchemaVerdict.NotChecked(String why) -> throw new AssertionError(why);
        };
    }
}
