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
public final class States {
    private static final int NETWORKS = 4;
    private static final int FILTERS = 4;
    private static final int ATTEMPTS = 60;
    private static final Shape NETWORK = Grammar.of("network.rng", "network");
    private static final Shape FILTER = Grammar.of("nwfilter.rng", "filter");

    private final Chance chance;
    private final BiPredicate<String, Wanted> accepts;

    /**
     * @param accepts whether libvirt takes a resource of a kind, and starts it where it is to be active
     */
    public States(long seed, BiPredicate<String, Wanted> accepts) {
        this.chance = new Chance(new Random(seed));
        this.accepts = accepts;
    }

    /** Return a state, by name. */
    public Map<String, Wanted> first() {
        Map<String, Wanted> state = new TreeMap<>();
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
    public Map<String, Wanted> after(Map<String, Wanted> before) {
        Map<String, Wanted> state = new TreeMap<>();
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

    private Optional<Wanted> next(
            @Nullable Wanted before, Supplier<Optional<Wanted>> fresh, Map<String, Wanted> state) {
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

    private static void put(Map<String, Wanted> state, Optional<Wanted> wanted) {
        wanted.ifPresent(resource -> state.put(resource.id().name(), resource));
    }

    private Optional<Wanted> network(int number) {
        var active = chance.in(6);
        var documents = new NetworkDocuments(chance.random(), active);
        var name = "walk-network-" + number;
        return accepted(
                () -> new Wanted(
                        new ResourceId("network", name), documents.network(name, number), active, chance.in(4)),
                "network");
    }

    private Optional<Wanted> filter(Map<String, Wanted> state, int number) {
        var others = state.keySet().stream()
                .filter(name -> name.startsWith("walk-filter-"))
                .toList();
        var documents = new FilterDocuments(chance.random(), others);
        var name = "walk-filter-" + number;
        return accepted(
                () -> new Wanted(new ResourceId("nwfilter", name), acceptable(documents, name), true, false),
                "nwfilter");
    }

    /** Take rules one by one, as one that is refused would spoil all. */
    private Element acceptable(FilterDocuments documents, String name) {
        var drawn = documents.filter(name);
        var filter = drawn.withChildren(List.of());
        for (var part : drawn.children()) {
            var more = filter.plus(part);
            if (accepts.test("nwfilter", new Wanted(new ResourceId("nwfilter", name), more, true, false))) {
                filter = more;
            }
        }
        return filter;
    }

    private Optional<Wanted> accepted(Supplier<Wanted> make, String kind) {
        for (var i = 0; i < ATTEMPTS; i++) {
            var wanted = make.get();
            if (accepts.test(kind, wanted)) {
                return Optional.of(wanted);
            }
        }
        return Optional.empty();
    }

    private Wanted changed(Wanted before, Map<String, Wanted> state) {
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
            var toggled = new Wanted(wanted.id(), wanted.document(), !wanted.active(), wanted.autostart());
            wanted = accepts.test("network", toggled) ? toggled : wanted;
        }
        return chance.in(5) && isNetwork
                ? new Wanted(wanted.id(), wanted.document(), wanted.active(), !wanted.autostart())
                : wanted;
    }

    private Wanted changedOnce(Wanted before, Shape shape, List<String> filters) {
        var sites = new ArrayList<>(
                Sites.of(before.document(), shape, Values.of(before.document(), filters), chance.random()));
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
