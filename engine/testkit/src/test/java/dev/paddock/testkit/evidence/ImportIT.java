package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.describe.Description;
import dev.paddock.core.load.YamlText;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody defined by hand becomes a playbook that says all of it. */
class ImportIT {
    private static final String NAME = "imported";

    @TempDir
    private static Path scratch;

    @Test
    void aDocumentDefinedByHandIsImportedWhole() throws Exception {
        var table = new EvidenceTable("Import: documents of the corpus, defined with virsh");
        ReferencedFilters.define(Labs.uri());
        ReferencedFilters.define(Labs.uri("oracle"));
        try (var engine = new EngineLab(Labs.uri());
                var oracle = new LibvirtOracle("oracle")) {
            for (var kind : List.of(EngineLab.kind("network"), EngineLab.kind("nwfilter"))) {
                for (var named : Corpus.of(kind, NAME)) {
                    bring(engine, oracle, table, kind, named);
                }
            }
        }
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("own words")).isGreaterThan(90);
    }

    private static void bring(
            EngineLab engine, LibvirtOracle oracle, EvidenceTable table, Kind kind, Corpus.Named named)
            throws Exception {
        table.count(kind.name(), "documents");
        for (var heading : List.of("own words", "raw xml", "spurious", "lost")) {
            table.count(kind.name(), heading, 0);
        }
        var prefix = kind.name().equals("network") ? "net-" : "nwfilter-";
        var file = scratch.resolve("document.xml");
        Files.writeString(file, XmlWriter.write(named.document()));
        var defined = virsh(prefix + "define", file.toString());
        if (!defined.isSuccess()) {
            table.count(kind.name(), "refused by libvirt");
            table.note("refused by libvirt", named.file() + ": " + defined.explanation());
            return;
        }
        var id = new ResourceId(kind.name(), NAME);
        var present = engine.observed(id).orElseThrow();
        var words = new Description(kind, List.of(kind)).of(id, present);
        table.count(kind.name(), words.containsKey("xml") ? "raw xml" : "own words");
        if (words.containsKey("xml")) {
            table.note("raw xml", named.file());
        }
        var yaml = YamlText.of(List.of(Map.of("name", "Imported", kind.key(), List.of(words))));
        var plan = engine.plan(yaml);
        if (plan.hasErrors() || !plan.isEmpty()) {
            table.count(kind.name(), "spurious");
            table.violation(named.file() + ": " + NoiseCheck.text(plan) + "\n" + yaml);
        }
        lost(engine, oracle, present, kind, yaml).ifPresent(what -> {
            table.count(kind.name(), "lost");
            table.violation(named.file() + ": " + what + "\n" + yaml);
        });
        assertThat(virsh(prefix + "undefine", NAME).isSuccess()).isTrue();
    }

    /** Hold what libvirt makes of the playbook's document against what it made of the original. */
    private static Optional<String> lost(
            EngineLab engine, LibvirtOracle oracle, Observed.Present present, Kind kind, String yaml) {
        var bound = engine.bind(yaml).getFirst();
        return switch (oracle.ask(kind, bound.document())) {
            case LibvirtOracle.Answer.Refused(String reason) ->
                Optional.of("libvirt refuses the playbook's document: " + reason);
            case LibvirtOracle.Answer.Accepted(var dump) -> {
                var spots = DocumentDifferences.between(present.defined().withoutChildren("uuid"), dump);
                yield spots.isEmpty() ? Optional.empty() : Optional.of("lost or changed: " + spots);
            }
        };
    }

    private static ProcessResult virsh(String command, String argument) throws Exception {
        return Labs.shared().capture(List.of("virsh", "-q", command, argument));
    }
}
