package dev.paddock.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How long some things took, in milliseconds, sorted; there is at least one. */
record Timings(List<Double> sorted) {
    Timings {
        sorted = sorted.stream().sorted().toList();
    }

    static <T> Timings of(List<T> things, ToDoubleFunction<T> taken) {
        return new Timings(things.stream().map(taken::applyAsDouble).toList());
    }

    double median() {
        return Median.of(sorted);
    }

    double p99() {
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }

    double worst() {
        return sorted.getLast();
    }

    /** As a cell of a table. */
    static String text(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }

    /** What one time is of another, as a cell of a table. */
    static String ratio(double ours, double floor) {
        return String.format(Locale.ROOT, "%.2f", ours / floor);
    }
}
