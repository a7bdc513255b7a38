package dev.paddock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A guest that was acquired.
 *
 * @param warm whether it was ready
 * @param taken by all of it, as the caller has it, in milliseconds
 * @param steps what the keeper says of it, in milliseconds
 */
record AcquireSample(String lease, String guest, boolean warm, double taken, Map<String, Double> steps) {
    /** What the keeper does for a request; what is left of it is HTTP, JSON and the socket. */
    private static final List<String> STEPS = List.of("wait", "keep", "claim");

    /** The titles of {@link #shares}. */
    static final List<String> SHARES = List.of("wait", "keep", "claim", "rest");

    AcquireSample {
        steps = Map.copyOf(steps);
    }

    static AcquireSample of(JsonNode lease, double taken) {
        var steps = new HashMap<String, Double>();
        lease.path("steps")
                .properties()
                .forEach(step -> steps.put(step.getKey(), step.getValue().asDouble()));
        return new AcquireSample(
                lease.path("id").asText(),
                lease.path("guest").asText(),
                lease.path("warm").asBoolean(),
                taken,
                steps);
    }

    private double step(String name) {
        return STEPS.contains(name)
                ? steps.getOrDefault(name, 0.0)
                : taken
                        - steps.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum();
    }

    /** Return the median of each step, and its share of all the time. */
    static List<String> shares(List<AcquireSample> all) {
        return SHARES.stream()
                .map(name -> String.format(
                        Locale.ROOT,
                        "%.1f (%.0f %%)",
                        Timings.of(all, each -> each.step(name)).median(),
                        100 * sum(all, each -> each.step(name)) / sum(all, AcquireSample::taken)))
                .toList();
    }

    private static double sum(List<AcquireSample> all, ToDoubleFunction<AcquireSample> part) {
        return all.stream().mapToDouble(part).sum();
    }
}
