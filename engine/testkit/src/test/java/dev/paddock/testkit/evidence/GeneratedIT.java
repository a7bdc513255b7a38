package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.xml.Element;
import dev.paddock.testkit.generate.FilterDocuments;
import dev.paddock.testkit.generate.NetworkDocuments;
import dev.paddock.testkit.generate.SchemaGrammar;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** No noise and no blindness over documents that nobody wrote: all that libvirt's schemas allow, by chance. */
class GeneratedIT {
    private static final int DOCUMENTS = Integer.getInteger("paddock.documents", 120);
    private static final long FIRST_SEED = Long.getLong("paddock.seed", 1);
    private static final int SITES = Integer.getInteger("paddock.sites", 8);
    private static final int ATTEMPTS = 200;

    /** One network of so many is also started, which takes a while. */
    private static final int ACTIVE = 6;

    @Test
    void networksAreQuietAndSeen() throws Exception {
        look(EngineLab.kind("network"));
    }

    @Test
    void filtersAreQuietAndSeen() throws Exception {
        look(EngineLab.kind("nwfilter"));
    }

    private static void look(Kind kind) throws Exception {
        var quiet = new EvidenceTable("No noise: generated documents of kind " + kind.name());
        var seen = new EvidenceTable("No blindness: generated documents of kind " + kind.name());
        var grammar = SchemaGrammar.of(kind.libvirtSchema().orElseThrow(), kind.root());
        LabWorkers.run(LongStream.range(FIRST_SEED, FIRST_SEED + DOCUMENTS)
                .mapToObj(seed -> (LabWorkers.Task) (engine, oracle) -> look(
                        kind,
                        seed,
                        oracle,
                        new NoiseCheck(engine, quiet),
                        new BlindnessCheck(engine, oracle, grammar, seen)))
                .toList());
        quiet.print();
        seen.print();
        assertThat(quiet.violations()).isEmpty();
        assertThat(seen.violations()).isEmpty();
        assertThat(quiet.total("refused by libvirt")).isZero();
        assertThat(seen.total("documents")).isEqualTo(DOCUMENTS);
    }

    private static void look(Kind kind, long seed, LibvirtOracle oracle, NoiseCheck noise, BlindnessCheck blindness) {
        var random = new Random(seed);
        var isStarted = kind.hasState() && seed % ACTIVE == 0;
        var item = new DeclaredItem(kind, document(kind, oracle, random, ReferencedFilters.names(), isStarted), false);
        if (isStarted) {
            noise.listen("started", "seed " + seed, item);
        } else {
            noise.listenInactive("defined", "seed " + seed, item);
        }
        blindness.look(kind.name(), "seed " + seed, item, random, SITES);
    }

    /** Return the first document that libvirt takes; of a filter, the rules of each that it takes. */
    private static Element document(
            Kind kind, LibvirtOracle oracle, Random random, Collection<String> filters, boolean startable) {
        var networks = new NetworkDocuments(random, startable);
        var rules = new FilterDocuments(random, filters);
        for (var i = 0; i < ATTEMPTS; i++) {
            var document = kind.hasState()
                    ? networks.network("generated", random.nextInt(250))
                    : acceptable(kind, oracle, rules.filter("generated"));
            if (oracle.ask(kind, document) instanceof LibvirtOracle.Answer.Accepted) {
                return document;
            }
        }
        throw new IllegalStateException("libvirt took none of " + ATTEMPTS + " documents.");
    }

    private static Element acceptable(Kind kind, LibvirtOracle oracle, Element drawn) {
        var filter = drawn.withChildren(List.of());
        for (var part : drawn.children()) {
            var more = filter.plus(part);
            if (oracle.ask(kind, more) instanceof LibvirtOracle.Answer.Accepted) {
                filter = more;
            }
        }
        return filter;
    }
}
