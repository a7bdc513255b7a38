package dev.paddock.nwfilter.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.nwfilter.document.Negation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProtocolsTest {
    private static final Path SCHEMA = Path.of("/usr/share/libvirt/schemas/nwfilter.rng");
    private static final Set<String> NO_PROTOCOLS = Set.of("filter", "uuid", "filterref", "rule");

    @Test
    void theTableHasAllThatLibvirtsSchemaHas_andNothingElse() throws IOException, XmlException {
        assumeTrue(Files.isReadable(SCHEMA), () -> "There is no " + SCHEMA + "; the package libvirt0 has it.");
        var grammar = XmlReader.read(Files.readString(SCHEMA));
        Map<String, Set<String>> theirs = new TreeMap<>();
        protocols(define(grammar, "filter"), grammar, theirs);
        Map<String, Set<String>> ours = new TreeMap<>();
        for (var protocol : Protocols.all()) {
            var names = new TreeSet<>(Set.of(Negation.MATCH));
            protocol.attributes().forEach(attribute -> names.add(attribute.name()));
            ours.put(protocol.name(), names);
        }
        assertThat(ours).isEqualTo(theirs);
    }

    private static void protocols(Element node, Element grammar, Map<String, Set<String>> found) {
        for (var child : node.children()) {
            var name = child.attribute("name").orElse("");
            if (child.name().local().equals("element") && !NO_PROTOCOLS.contains(name)) {
                var attributes = new TreeSet<String>();
                attributes(child, grammar, attributes);
                found.put(name, attributes);
            } else {
                protocols(child, grammar, found);
            }
        }
    }

    private static void attributes(Element node, Element grammar, Set<String> found) {
        for (var child : node.children()) {
            switch (child.name().local()) {
                case "attribute" -> found.add(child.attribute("name").orElseThrow());
                case "ref" -> attributes(define(grammar, child.attribute("name").orElseThrow()), grammar, found);
                default -> attributes(child, grammar, found);
            }
        }
    }

    private static Element define(Element grammar, String name) {
        return grammar.children().stream()
                .filter(child -> child.name().local().equals("define")
                        && child.attribute("name").filter(name::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
