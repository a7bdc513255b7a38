package dev.paddock.testkit.packets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.nwfilter.FilterDefinition;
import dev.paddock.nwfilter.firewall.Backend;
import dev.paddock.nwfilter.firewall.Firewall;
import dev.paddock.testkit.generate.FilterDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is told of a packet is what the packet does: libvirt binds filters to a port in the lab, and packets are sent
 * through it.
 *
 * <p>{@code -Dpaddock.packets.filters=500 -Dpaddock.packets.each=200} sends more; {@code -Dpaddock.seed} draws others.
 */
@Timeout(3600)
class PacketsIT {
    private static final int FILTERS = Integer.getInteger("paddock.packets.filters", 16);
    private static final int EACH = Integer.getInteger("paddock.packets.each", 100);
    private static final long SEED = Long.getLong("paddock.seed", 1);
    private static final Path CORPUS =
            Path.of(System.getProperty("paddock.corpus", "../../../shared/corpus"), "nwfilter");

    /** What interfaces give; lists have two values. */
    private static final Map<String, List<String>> PARAMETERS =
            Map.of("IP", List.of("10.77.0.10"), "LIST", List.of("10.77.0.11", "203.0.113.80"));

    private static Firing firing;
    private static int serial;

    @BeforeAll
    static void setUp() throws Exception {
        firing = Firing.open();
    }

    @AfterAll
    static void tearDown() {
        firing.close();
    }

    @Test
    void filtersOfAllKindsOfRulesDoWhatIsTold() throws Exception {
        var random = new Random(SEED);
        var drawn = new PolicyFilters(random, isStateless());
        List<Element> documents = new ArrayList<>();
        for (var i = 0; i < FILTERS; i++) {
            documents.add(drawn.filter("drawn-" + i));
        }

        var tally = fire(documents, random);

        assertThat(tally.differences).isEmpty();
        assertThat(tally.bound).isGreaterThan(FILTERS / 2);
        assertThat(tally.cells).isGreaterThan(FILTERS * EACH / 2);
    }

    @Test
    void filtersOfTheWholeGrammarDoWhatIsTold() throws Exception {
        var random = new Random(SEED);
        var drawn = new FilterDocuments(random, List.of("clean-traffic", "no-mac-spoofing"));
        List<Element> documents = new ArrayList<>();
        for (var i = 0; i < FILTERS / 2; i++) {
            documents.add(drawn.filter("grammar-" + i));
        }

        var tally = fire(documents, random);

        assertThat(tally.differences).isEmpty();
        // Most of what is drawn libvirt cannot carry out, and that has to be told as well.
        assertThat(tally.bound + tally.refused).isPositive();
    }

    @Test
    void filtersOfOtherProjectsDoWhatIsTold() throws Exception {
        var documents = corpus();

        var tally = fire(documents, new Random(SEED));

        assertThat(tally.differences).isEmpty();
        assertThat(tally.bound).isGreaterThanOrEqualTo(documents.isEmpty() ? 0 : 1);
    }

    /** Filters whose rules ask for connections are refused where the kernel knows none at bridges, which has to be told. */
    @Test
    void whatTheKernelDoesNotKnowIsToldAsRefused() throws Exception {
        var random = new Random(SEED + 1);
        var drawn = new PolicyFilters(random, false);
        List<Element> documents = new ArrayList<>();
        for (var i = 0; i < FILTERS / 2; i++) {
            documents.add(drawn.filter("stateful-" + i));
        }

        var tally = fire(documents, random);

        assertThat(tally.differences).isEmpty();
        assertThat(tally.bound + tally.refused).isPositive();
    }

    /** What nftables was told of a filter before it refused one of its rules would come before the rules of the next. */
    @Test
    void ofARefusedFilterNothingIsLeftToTheNext() throws Exception {
        var everything = "<filter name='everything-and-one-too-many' chain='root'>"
                + "<rule action='drop' direction='inout' priority='-900'><mac/></rule>"
                + "<rule action='accept' direction='out' statematch='false'><tcp match='no' srcipaddr='10.77.0.10'/></rule>"
                + "</filter>";
        var nothing = "<filter name='nothing' chain='root'>"
                + "<rule action='accept' direction='inout' statematch='false'><all/></rule></filter>";

        var tally = fire(List.of(Firing.read(everything), Firing.read(nothing)), new Random(SEED));

        assertThat(tally.differences).isEmpty();
        assertThat(tally.refused).isEqualTo(firing.backend() instanceof Backend.Nftables ? 1 : 0);
    }

    private static boolean isStateless() {
        return firing.backend() instanceof Backend.Nftables nftables && !nftables.tracksBridges();
    }

    /** What came of many filters. */
    private static final class Tally {
        private int bound;
        private int refused;
        private int cells;
        private final List<String> differences = new ArrayList<>();
    }

    private static Tally fire(List<Element> documents, Random random) throws Exception {
        var taken = firing.define(documents);
        var all = firing.filters();
        var tally = new Tally();
        for (var filter : taken) {
            var setting = firing.setting(filter.name(), PARAMETERS, all);
            var volley = new Volley(random, setting.scene(Firewall.NONE), serial);
            var exchanges = volley.draw(EACH);
            serial = volley.serial();
            var outcome = firing.fire(setting, exchanges);
            if (outcome.isEmpty()) {
                tally.refused++;
                continue;
            }
            tally.bound++;
            tally.cells += outcome.get().cells();
            outcome.get()
                    .differences()
                    .forEach(difference ->
                            tally.differences.add(filter.name() + " " + show(filter) + "\n" + difference));
        }
        firing.undefine(taken.stream().map(FilterDefinition::name).toList());
        Figures.note("%s: filters %d, defined %d, bound %d, refused %d, cells %d, differ %d"
                .formatted(
                        firing.backend(),
                        documents.size(),
                        taken.size(),
                        tally.bound,
                        tally.refused,
                        tally.cells,
                        tally.differences.size()));
        return tally;
    }

    private static String show(FilterDefinition filter) {
        return filter.chain() + " " + filter.chainPriority() + " " + filter.entries();
    }

    /** Each file under a name of its own; none where there is no corpus. */
    private static List<Element> corpus() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            return List.of();
        }
        Map<String, Element> documents = new LinkedHashMap<>();
        try (var files = Files.walk(CORPUS)) {
            for (var file : new TreeSet<>(
                    files.filter(each -> each.toString().endsWith(".xml")).toList())) {
                var name = "corpus-" + documents.size();
                documents.put(name, Firing.read(Files.readString(file)).withAttribute("name", name));
            }
        }
        return List.copyOf(documents.values());
    }
}
