package dev.paddock.pool.service;

import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.SlotRecord;
import dev.paddock.pool.lease.SlotState;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The metrics of the pool server, for Prometheus. */
public final class PoolMetrics {
    private static final double NANOS = 1e9;
    private static final double[] BUCKETS = {.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram acquire =
            histogram("paddock_acquire_seconds", "How long requests that got a guest took.", "pool", "outcome");
    private final Histogram step =
            histogram("paddock_acquire_step_seconds", "How long each part of a request took.", "pool", "step");
    private final Histogram job =
            histogram("paddock_refill_seconds", "How long guests took to be made, cleaned and removed.", "pool", "job");
    private final Counter refused = counter("paddock_refused", "Requests that got no guest.", "pool", "reason");
    private final Counter ended = counter("paddock_leases_ended", "Leases that ended.", "pool", "how");
    private final Counter failed =
            counter("paddock_refill_failures", "Guests that could not be made, cleaned or removed.", "pool", "job");
    private final Counter orphans =
            counter("paddock_orphans", "Guests of pools that nothing was known of, and that were removed.", "pool");

    private Histogram histogram(String name, String help, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    /** Count guests by pool and state whenever the metrics are read. */
    void watch(Supplier<List<SlotRecord>> slots) {
        GaugeWithCallback.builder()
                .name("paddock_guests")
                .help("Guests of pools, by what they are at.")
                .labelNames("pool", "state")
                .callback(callback -> counted(slots.get()).forEach((pool, states) -> {
                    for (var state : SlotState.values()) {
                        callback.call(states.getOrDefault(state, 0L), pool, state.word());
                    }
                }))
                .register(registry);
    }

    private static Map<String, Map<SlotState, Long>> counted(List<SlotRecord> records) {
        return records.stream()
                .collect(Collectors.groupingBy(
                        record -> record.slot().pool(),
                        Collectors.groupingBy(SlotRecord::state, Collectors.counting())));
    }

    void granted(AcquireResult result, long nanos) {
        var pool = result.lease().slot().pool();
        acquire.labelValues(pool, result.warm() ? "warm" : "waited").observe(nanos / NANOS);
        result.steps().forEach((name, time) -> step.labelValues(pool, name).observe(time / NANOS));
    }

    void refused(String pool, LeaseRejectedException.Reason reason) {
        // Names of unknown pools would let any user add series.
        refused.labelValues(
                        reason == LeaseRejectedException.Reason.NOT_FOUND ? "" : pool,
                        reason.name().toLowerCase(Locale.ROOT))
                .inc();
    }

    void ended(String pool, LeaseEndReason reason) {
        ended.labelValues(pool, reason.word()).inc();
    }

    void worked(String pool, String jobName, long nanos) {
        job.labelValues(pool, jobName).observe(nanos / NANOS);
    }

    void failed(String pool, String jobName) {
        failed.labelValues(pool, jobName).inc();
    }

    void orphan(String pool) {
        orphans.labelValues(pool).inc();
    }

    /** Return all metrics in Prometheus' text format. */
    public String text() {
        var bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
