package dev.paddock.bench;

import dev.paddock.api.change.Change.Extent;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.core.bind.BindResult;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.RuleIndex;
import dev.paddock.core.link.ResourceLinks;
import dev.paddock.core.load.YamlReader;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.core.plan.Planner;
import dev.paddock.network.NetworkKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the time of each verb of a plan in which nothing changes, in this process: once from a cold start, as a command
 * has it, and again when all is compiled, as a server has it.
 */
public final class CommandBenchmark {
    private static final int WARM_ROUNDS = 9;
    private static final Kind KIND = new NetworkKind();

    /** The parts of a plan. {@code BIND} is without {@code LOAD}, and {@code PLAN} is all that a planner does. */
    private enum Verb {
        LOAD,
        BIND,
        LINK,
        OBSERVE,
        DIFF,
        PLAN
    }

    private final String playbook;
    private final TextHost host;

    private CommandBenchmark(Networks networks) {
        playbook = networks.playbook();
        host = new TextHost(networks);
    }

    /** The argument: how many networks. One line is printed of the first round, and one of those after it. */
    public static void main(String[] arguments) {
        var verbs = new CommandBenchmark(new Networks("bench-", 0, Integer.parseInt(arguments[0])));
        print(arguments[0], "first", verbs.round());
        Map<Verb, List<Double>> warm = new EnumMap<>(Verb.class);
        for (var round = 0; round < WARM_ROUNDS; round++) {
            verbs.round().forEach((verb, taken) -> warm.computeIfAbsent(verb, key -> new ArrayList<>())
                    .add(taken));
        }
        Map<Verb, Double> medians = new EnumMap<>(Verb.class);
        warm.forEach((verb, taken) -> medians.put(verb, Median.of(taken)));
        print(arguments[0], "later", medians);
    }

    private static void print(String networks, String when, Map<Verb, Double> taken) {
        List<String> cells = new ArrayList<>(List.of(networks, when));
        taken.values().forEach(millis -> cells.add(String.format(Locale.ROOT, "%.1f", millis)));
        System.out.println(String.join("\t", cells));
    }

    private Map<Verb, Double> round() {
        Map<Verb, Double> taken = new EnumMap<>(Verb.class);
        var watch = new Watch();
        YamlReader.parse(playbook, "many.yaml", mistake -> {});
        taken.put(Verb.LOAD, watch.lap());
        var bound = new Binder(List.of(KIND)).bindText(playbook);
        taken.put(Verb.BIND, watch.lap() - taken.get(Verb.LOAD));
        var links = ResourceLinks.of(bound.resources());
        taken.put(Verb.LINK, watch.lap());
        var observed = host.read(KIND.name(), Optional.empty());
        taken.put(Verb.OBSERVE, watch.lap());
        var differences = differences(bound, observed);
        taken.put(Verb.DIFF, watch.lap());
        var plan =
                new Planner(List.of(KIND)).plan(bound.hosts().getFirst(), bound.resources(), PlanOptions.PLAIN, host);
        taken.put(Verb.PLAN, watch.lap());
        if (links.graph().resources().size() != observed.size()
                || differences > 0
                || plan.hasErrors()
                || !plan.isEmpty()) {
            throw new IllegalStateException(
                    "The benchmark is to plan what does not change: " + plan.diagnostics() + plan.work());
        }
        return taken;
    }

    private static int differences(BindResult bound, Map<String, Observed> observed) {
        var differ = new Differ(new RuleIndex(KIND.rules()));
        var count = 0;
        for (var resource : bound.resources()) {
            if (observed.get(resource.id().name()) instanceof Observed.Present present) {
                count += differ.differences(
                                NormalizedKind.of(KIND).comparable(resource.document()),
                                NormalizedKind.of(KIND)
                                        .comparable(present.defined()
                                                .withoutChildren("metadata")
                                                .withoutChildren("uuid")),
                                Set.of(),
                                Extent.DEFINED)
                        .size();
            }
        }
        return count;
    }

    /** Tells the time since it was asked last. */
    private static final class Watch {
        private long last = System.nanoTime();

        double lap() {
            var now = System.nanoTime();
            var taken = (now - last) / 1e6;
            last = System.nanoTime();
            return taken;
        }
    }
}
