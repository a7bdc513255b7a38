package dev.paddock.vm.pool;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.value.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds settings of a pool that contradict each other. */
final class VmPoolChecks {
    private final Function<String, SourceLocation> places;
    private final List<Diagnostic> found = new ArrayList<>();

    private VmPoolChecks(Function<String, SourceLocation> places) {
        this.places = places;
    }

    /**
     * Return what is wrong with a pool.
     *
     * @param places the positions of the keys
     */
    static List<Diagnostic> of(PoolSpec spec, Function<String, SourceLocation> places) {
        var mistakes = new VmPoolChecks(places);
        if (spec.max() < Math.max(spec.warm(), 1)) {
            mistakes.tell(
                    "max",
                    "The pool is to keep " + spec.warm() + " guests ready, and may have " + spec.max() + " at most.",
                    "Let max be at least as many as warm, and at least one.");
        }
        if (spec.longest().compareTo(spec.lease()) < 0) {
            mistakes.tell(
                    "lease",
                    "A VM is leased for " + DurationText.of(spec.lease())
                            + " by default, and may be leased for " + DurationText.of(spec.longest())
                            + " at most.",
                    "Let longest be at least as long as default.");
        }
        spec.addresses()
                .filter(range -> range.size() < spec.max())
                .ifPresent(range -> mistakes.tell(
                        "addresses",
                        "There are " + range.size() + " addresses for as many as " + spec.max() + " guests.",
                        "Give each of them one, or lower max."));
        return mistakes.found;
    }

    private void tell(String key, String detail, String fix) {
        found.add(Diagnostic.error(Code.CONFLICTING_KEYS, places.apply(key), detail, fix));
    }
}
