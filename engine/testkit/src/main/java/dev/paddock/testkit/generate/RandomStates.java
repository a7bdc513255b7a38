package dev.paddock.testkit.generate;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes states of several networks and filters, and states that are a way from them. */
public final class RandomStates {
    private static final int NETWORKS = 4;
    private static final int FILTERS = 4;
    private static final int ATTEMPTS = 60;
    private static final ElementShape NETWORK = SchemaGrammar.of("network.rng", "network");
    private static final ElementShape FILTER = SchemaGrammar.of("nwfilter.rng", "filter");

    private final RandomChoice chance;
    private final BiPredicate<String, DesiredEntry> accepts;

    /**
     * @param accepts whether libvirt takes a resource of a kind, and starts it where it is to be active
     */
    public RandomStates(long seed, BiPredicate<String, DesiredEntry> accepts) {
        this.chance = new RandomChoice(new Random(seed));
        this.accepts = accepts;
    }

    /** Return a state, by name. */
    public Map<String, DesiredEntry> first() {
        Map<String, DesiredEntry> state = new TreeMap<>();
        for (var i = 0; i < FILTERS; i++) {
            if (chance.in(2)) {
                put(state, filter(state, i));
            }
        }
        for (var i = 0; i < NETWORKS; i++) {
            if (chance.in(2)) {
                put(state, network(i));
            }
        }
        return state;
    }

    /** Return a state in which some of a state is gone, some is new, and some is other than it was. */
    public Map<String, DesiredEntry> after(Map<String, DesiredEntry> before) {
        Map<String, DesiredEntry> state = new TreeMap<>();
        for (var i = 0; i < FILTERS; i++) {
            var number = i;
            put(state, next(before.get("walk-filter-" + i), () -> filter(state, number), state));
        }
        for (var i = 0; i < NETWORKS; i++) {
            var number = i;
            put(state, next(before.get("walk-network-" + i), () -> network(number), state));
        }
        return state;
    }

    private Optional<DesiredEntry> next(
            @Nullable DesiredEntry before, Supplier<Optional<DesiredEntry>> fresh, Map<String, DesiredEntry> state) {
        if (before == null) {
            return chance.in(3) ? fresh.get() : Optional.empty();
        }
        var isWhole = state.keySet().containsAll(before.references());
        return switch (isWhole ? chance.upTo(5) : chance.upTo(1)) {
            case 0 -> Optional.empty();
            case 1 -> fresh.get();
            case 2 -> Optional.of(before);
            default -> Optional.of(changed(before, state));
        };
    }

    private static void put(Map<String, DesiredEntry> state, Optional<DesiredEntry> wanted) {
        wanted.ifPresent(resource -> state.put(resource.id().name(), resource));
    }

    private Optional<DesiredEntry> network(int number) {
        var active = chance.in(6);
        var documents = new NetworkDocuments(chance.random(), active);
        var name = "walk-network-" + number;
        return accepted(
                () -> new DesiredEntry(
                        new ResourceId("network", name), documents.network(name, number), active, chance.in(4)),
                "network");
    }

    private Optional<DesiredEntry> filter(Map<String, DesiredEntry> state, int number) {
        var others = state.keySet().stream()
                .filter(name -> name.startsWith("walk-filter-"))
                .toList();
        var documents = new FilterDocuments(chance.random(), others);
        var name = "walk-filter-" + number;
        return accepted(
                () -> new DesiredEntry(new ResourceId("nwfilter", name), acceptable(documents, name), true, false),
                "nwfilter");
    }

    /** Take rules one by one, as one that is refused would spoil all. */
    private Element acceptable(FilterDocuments documents, String name) {
        var drawn = documents.filter(name);
        var filter = drawn.withChildren(List.of());
        for (var part : drawn.children()) {
            var more = filter.plus(part);
            if (accepts.test("nwfilter", new DesiredEntry(new ResourceId("nwfilter", name), more, true, false))) {
                filter = more;
            }
        }
        return filter;
    }

    private Optional<DesiredEntry> accepted(Supplier<DesiredEntry> make, String kind) {
        for (var i = 0; i < ATTEMPTS; i++) {
            var wanted = make.get();
            if (accepts.test(kind, wanted)) {
                return Optional.of(wanted);
            }
        }
        return Optional.empty();
    }

    private DesiredEntry changed(DesiredEntry before, Map<String, DesiredEntry> state) {
        var isNetwork = before.id().kind().equals("network");
        var filters = state.keySet().stream()
                .filter(name -> name.startsWith("walk-filter-")
                        && name.compareTo(before.id().name()) < 0)
                .toList();
        var wanted = before;
        var times = chance.between(1, 3);
        for (var i = 0; i < times; i++) {
            wanted = changedOnce(wanted, isNetwork ? NETWORK : FILTER, filters);
        }
        if (isNetwork && chance.in(6)) {
            var toggled = new DesiredEntry(wanted.id(), wanted.document(), !wanted.active(), wanted.autostart());
            wanted = accepts.test("network", toggled) ? toggled : wanted;
        }
        return chance.in(5) && isNetwork
                ? new DesiredEntry(wanted.id(), wanted.document(), wanted.active(), !wanted.autostart())
                : wanted;
    }

    private DesiredEntry changedOnce(DesiredEntry before, ElementShape shape, List<String> filters) {
        var sites = new ArrayList<>(MutationSites.of(
                before.document(), shape, CandidateValues.of(before.document(), filters), chance.random()));
        Collections.shuffle(sites, chance.random());
        for (var site : sites.subList(0, Math.min(8, sites.size()))) {
            for (var variant :
                    site.variants().subList(0, Math.min(3, site.variants().size()))) {
                var wanted = before.with(variant.document());
                if (accepts.test(before.id().kind(), wanted)) {
                    return wanted;
                }
            }
        }
        return before;
    }
}
