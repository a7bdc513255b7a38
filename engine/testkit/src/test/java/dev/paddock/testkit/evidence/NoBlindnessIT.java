package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.generate.SchemaGrammar;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoBlindnessIT {
    private static final int SITES = Integer.getInteger("paddock.sites", Integer.MAX_VALUE);

    @Test
    void everyChangeOfANetworkOfTheCorpusIsToldWhereItIs() throws Exception {
        look("network");
    }

    @Test
    void everyChangeOfAFilterOfTheCorpusIsToldWhereItIs() throws Exception {
        look("nwfilter");
    }

    private static void look(String name) throws Exception {
        var table = new EvidenceTable("No blindness: " + name + " documents of the corpus, one change at a time");
        var kind = EngineLab.kind(name);
        var grammar = SchemaGrammar.of(kind.libvirtSchema().orElseThrow(), kind.root());
        LabWorkers.run(Corpus.of(kind, "evidence").stream()
                .map(named -> (LabWorkers.Task) (engine, oracle) -> new BlindnessCheck(engine, oracle, grammar, table)
                        .look(
                                named.file().split("/", -1)[0],
                                named.file(),
                                new DeclaredItem(kind, named.document(), false),
                                new Random(named.file().hashCode()),
                                SITES))
                .toList());
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("mutations")).isGreaterThan(500);
    }
}
