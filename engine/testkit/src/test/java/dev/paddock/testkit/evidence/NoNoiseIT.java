package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.lab.Labs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After an apply there is nothing left to plan, for every document that libvirt takes. */
class NoNoiseIT {
    @Test
    void aDocumentOfTheCorpusThatWasAppliedPlansEmpty() {
        var table = new Table("No noise: documents of the corpus, applied and planned again");
        References.define(Labs.uri());
        try (var engine = new Engine(Labs.uri())) {
            for (var kind : List.of(Engine.kind("network"), Engine.kind("nwfilter"))) {
                for (var named : Corpus.of(kind, "evidence")) {
                    new Noise(engine, table).listen(kind.name(), named.file(), new Item(kind, named.document(), false));
                }
            }
        }
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("documents")).isGreaterThan(90);
        assertThat(table.total("active")).isGreaterThan(20);
    }
}
