package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.testkit.generate.SchemaGrammar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each word that the schema of the libvirt here has for VMs: quiet where it is declared, seen where it is not. */
class VmSchemaWordsIT {
    /** How many of the small VMs, the first of which is part of each other. */
    private static final int VMS = Integer.getInteger("paddock.words", 11);

    @Test
    void everyWordOfTheSchemaIsQuietAndSeen() throws Exception {
        var table = new EvidenceTable("Each word of the schema of VMs");
        var grammar = SchemaGrammar.of("domain.rng", "domain");
        var documents = documents();
        LabWorkers.run(IntStream.rangeClosed(1, Math.min(VMS, documents.size() - 1))
                .mapToObj(index -> (LabWorkers.Task) (engine, oracle) -> {
                    var check = new VmWordCheck(engine, oracle, grammar, table);
                    var known = check.words(documents.getFirst());
                    check.look("vm " + index, documents.get(index), known);
                })
                .toList());
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("accepted")).isGreaterThan(200);
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
