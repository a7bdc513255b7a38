package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.generate.Grammar;
import dev.paddock.testkit.lab.Labs;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoBlindnessIT {
    @Test
    void everyChangeOfANetworkOfTheCorpusIsToldWhereItIs() {
        look("network");
    }

    @Test
    void everyChangeOfAFilterOfTheCorpusIsToldWhereItIs() {
        look("nwfilter");
    }

    private static void look(String name) {
        var table = new Table("No blindness: " + name + " documents of the corpus, one change at a time");
        try (var engine = new Engine(Labs.uri());
                var oracle = new Oracle(Labs.uri("oracle"))) {
            var kind = Engine.kind(name);
            var filters = References.define(List.of(Labs.uri(), Labs.uri("oracle")));
            var blindness =
                    new Blindness(engine, oracle, Grammar.of(kind.libvirtSchema(), kind.root()), filters, table);
            var limit = Integer.getInteger("evidence.most", Integer.MAX_VALUE);
            var docs = Corpus.of(kind, "evidence");
            for (var i = Integer.getInteger("evidence.from", 0);
                    i < Math.min(docs.size(), Integer.getInteger("evidence.to", 1000));
                    i++) {
                var named = docs.get(i);
                blindness.look(
                        named.file().split("/", -1)[0],
                        named.file(),
                        new Item(kind, named.document(), false),
                        new Random(named.file().hashCode()),
                        limit);
            }
        }
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("mutations")).isGreaterThan(500);
    }
}
