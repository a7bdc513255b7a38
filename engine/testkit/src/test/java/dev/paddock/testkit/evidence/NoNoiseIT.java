package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.lab.Labs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After an apply there is nothing left to plan, for every document that libvirt takes. */
class NoNoiseIT {
    @Test
    void aDocumentOfTheCorpusThatWasAppliedPlansEmpty() {
        var table = new EvidenceTable("No noise: documents of the corpus, applied and planned again");
        ReferencedFilters.define(Labs.uri());
        try (var engine = new EngineLab(Labs.uri())) {
            for (var kind : List.of(EngineLab.kind("network"), EngineLab.kind("nwfilter"))) {
                for (var named : Corpus.of(kind, "evidence")) {
                    new NoiseCheck(engine, table)
                            .listen(kind.name(), named.file(), new DeclaredItem(kind, named.document(), false));
                }
            }
        }
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("documents")).isGreaterThan(90);
        assertThat(table.total("active")).isGreaterThan(20);
    }
}
