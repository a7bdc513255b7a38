package dev.paddock.testkit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.core.load.YamlText;
import dev.paddock.testkit.generate.DesiredEntry;
import dev.paddock.testkit.generate.RandomStates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever was there before, an apply leads to what is declared. */
class RandomWalkIT {
    private static final int PAIRS = Integer.getInteger("paddock.walks", 200);
    private static final long FIRST_SEED = Long.getLong("paddock.seed", 1);

    private final EvidenceTable table = new EvidenceTable("Random walks: from one state to another");

    @Test
    void oneStateAfterAnotherIsReachedAndKept() throws Exception {
        LabWorkers.run(LongStream.range(FIRST_SEED, FIRST_SEED + PAIRS)
                .mapToObj(seed -> (LabWorkers.Task) (engine, oracle) -> walk(engine, oracle, seed))
                .toList());
        table.print();
        assertThat(table.violations()).isEmpty();
        assertThat(table.total("pairs")).isEqualTo(PAIRS);
    }

    private void walk(EngineLab engine, LibvirtOracle oracle, long seed) {
        table.count("walks", "pairs");
        var label = "seed " + seed;
        var states = new RandomStates(seed, (kind, wanted) -> accepts(oracle, EngineLab.kind(kind), wanted));
        var first = states.first();
        var second = states.after(first);
        count("first", first);
        count("second", second);
        var one = yaml(first);
        var two = yaml(second);
        var ok = isReached(engine, label + ", to the first", one, engine.apply(one))
                && isReached(engine, label + ", to the second", two, engine.apply(two))
                && isReached(engine, label + ", with --prune", two, engine.applyAndPrune(two));
        var left = walkers(engine);
        if (ok && !left.equals(second.keySet())) {
            table.count("walks", "not pruned");
            table.violation(label + ": there is " + left + " instead of " + second.keySet());
        }
        if (!ok) {
            table.violation(label + ", from:\n" + one + "\nto:\n" + two);
            clear(engine);
        }
    }

    private boolean isReached(EngineLab engine, String label, String yaml, EngineLab.Applied applied) {
        if (!applied.problems().isEmpty()) {
            table.count("walks", "not applied");
            table.violation(label + ": " + applied.problems() + "\n   " + NoiseCheck.text(applied.plan()));
            return false;
        }
        var rest = engine.plan(yaml);
        if (rest.hasErrors() || !rest.isEmpty()) {
            table.count("walks", "not reached");
            table.violation(label + ": left to do: " + NoiseCheck.text(rest));
            return false;
        }
        return true;
    }

    private void count(String row, Map<String, DesiredEntry> state) {
        table.count(row, "networks", 0);
        table.count(row, "filters", 0);
        state.values().forEach(wanted -> {
            table.count(row, wanted.id().kind().equals("network") ? "networks" : "filters");
            if (wanted.active() && wanted.id().kind().equals("network")) {
                table.count(row, "active");
            }
        });
    }

    private static boolean accepts(LibvirtOracle oracle, Kind kind, DesiredEntry wanted) {
        return oracle.ask(kind, wanted.document()) instanceof LibvirtOracle.Answer.Accepted
                && (!kind.hasState() || !wanted.active() || oracle.starts(kind, wanted.document()));
    }

    private static Set<String> walkers(EngineLab engine) {
        return EngineLab.kinds().stream()
                .flatMap(kind -> engine.observed(kind).entrySet().stream())
                .filter(entry -> entry.getValue() instanceof Observed.Present)
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith("walk-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void clear(EngineLab engine) {
        var problems = engine.applyAndPrune("- nwfilters: [{name: walk-end}]\n").problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("What is left cannot be removed: " + problems);
        }
    }

    private static String yaml(Map<String, DesiredEntry> state) {
        Map<String, Object> play = new LinkedHashMap<>();
        play.put("name", "walk");
        for (var kind : EngineLab.kinds()) {
            List<Object> items = new ArrayList<>();
            state.values().stream()
                    .filter(wanted -> wanted.id().kind().equals(kind.name()))
                    .forEach(wanted -> {
                        var item = new DeclaredItem(kind, wanted.document(), wanted.active()).yaml();
                        if (kind.hasState()) {
                            item.put("autostart", Boolean.toString(wanted.autostart()));
                        }
                        items.add(item);
                    });
            if (!items.isEmpty()) {
                play.put(kind.key(), items);
            }
        }
        return YamlText.of(List.of(play));
    }
}
