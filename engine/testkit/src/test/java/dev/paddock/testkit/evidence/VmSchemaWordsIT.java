package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.testkit.generate.SchemaGrammar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each word that the schema of the libvirt here has for VMs: quiet where it is declared, seen where it is not. */
class VmSchemaWordsIT {
    /** A network that hands down to its interfaces what it can. */
    private static final String NETWORK = """
            - networks:
                - xml: |
                    <network>
                      <name>default</name><bridge name='br-words'/><port isolated='yes'/><mtu size='1400'/>
                      <portgroup name='p'/>
                    </network>
            """;

    @Test
    void everyWordOfTheSchemaIsQuietAndSeen() throws Exception {
        var table = new EvidenceTable("Each word of the schema of VMs");
        var kind = EngineLab.kind("vm");
        var grammar = SchemaGrammar.of("domain.rng", "domain");
        var documents = documents();
        LabWorkers.run(IntStream.range(0, documents.size())
                .mapToObj(index -> (LabWorkers.Task) (engine, oracle) -> {
                    var check = new VmWordCheck(engine, oracle, grammar, table);
                    var known = index > 0 ? check.words(documents.getFirst()) : Set.<String>of();
                    check.look("vm " + index, documents.get(index), known);
                })
                .toList());
        table.print();
        assertThat(table.violations()).isEmpty();
    }

    /** What libvirt fills in, resolves and drops at the start is no change that waits for the next. */
    @Test
    void whatRunsIsWhatIsDeclared() throws Exception {
        var table = new EvidenceTable("Each small VM, running");
        var kind = EngineLab.kind("vm");
        var documents = documents();
        LabWorkers.run(IntStream.range(0, documents.size())
                .mapToObj(index -> (LabWorkers.Task) (engine, oracle) -> {
                    engine.apply(NETWORK);
                    new NoiseCheck(engine, table)
                            .listen("running", "vm " + index, new DeclaredItem(kind, documents.get(index), false));
                })
                .toList());
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("active")).isGreaterThan(documents.size() / 3);
    }

    private static List<Element> documents() throws Exception {
        try (var stream = VmSchemaWordsIT.class.getResourceAsStream("vm-words.xml")) {
            if (stream == null) {
                throw new IOException("The documents are not there.");
            }
            var all = XmlReader.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            List<Element> documents = new ArrayList<>();
            var parts = all.children("vm");
            for (var part : parts) {
                var whole = parts.getFirst().withName(dev.paddock.api.xml.XmlName.of("domain"));
                for (var child : part.children()) {
                    whole = child.name().space().isEmpty() ? whole.withChild(child) : whole.plus(child);
                }
                documents.add(whole.withAttribute("type", "qemu")
                        .plus(Element.of("name").withText("words")));
            }
            return documents;
        }
    }
}
