package dev.paddock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes the time in which a pool has guests again when it has none, with copies of a golden state and with a boot each; in
 * which an empty pool answers a request; and in which a lease is forked. The last two are compared with libvirt's own
 * revert of the same guest, from a program in C.
 */
public final class GrowthBenchmark {
    private static final int ROUNDS = 3;
    private static final int COLD = 10;
    private static final int FORKS = 10;

    private final Path launcher;
    private final String uri;
    private final Path socket;
    private final Path work;
    private final Path revert;
    private final int guests;

    private GrowthBenchmark(String[] arguments) {
        this.launcher = Path.of(arguments[0]);
        this.uri = arguments[1];
        this.socket = Path.of(arguments[2]);
        this.work = Path.of(arguments[3]);
        this.revert = Path.of(arguments[4]);
        this.guests = Integer.parseInt(arguments[5]);
    }

    /** @param arguments paddock's launcher, a libvirt with a keeper, its socket, a folder, the program in C, how many guests */
    public static void main(String[] arguments) throws Exception {
        var growing = new GrowthBenchmark(arguments);
        var playbook = Files.writeString(growing.work.resolve("grow.yaml"), growing.playbook())
                .toString();
        growing.paddock("apply", "--auto-approve", playbook);
        System.out.print(growing.growth());
        System.out.print(growing.coldAndForks());
        growing.paddock("destroy", "--auto-approve", playbook);
    }

    private ResultTable growth() throws Exception {
        var copied = pool("bench-copied");
        var booted = pool("bench-booted");
        List<Double> copies = new ArrayList<>();
        List<Double> boots = new ArrayList<>();
        for (var pool : List.of(copied, booted)) {
            pool.awaitReady(guests);
            drain(pool);
        }
        for (var round = 1; round <= ROUNDS; round++) {
            System.err.println("growth, round " + round + " ...");
            copies.add(fill(copied));
            boots.add(fill(booted));
        }
        var table = new ResultTable("guests", "copied s", "booted s", "ratio");
        var ours = new Timings(copies).median();
        var before = new Timings(boots).median();
        table.row(Integer.toString(guests), seconds(ours), seconds(before), Timings.ratio(before, ours));
        return table;
    }

    private double fill(BenchmarkPool pool) throws Exception {
        var start = System.nanoTime();
        pool.ask("DELETE", "/v1/pools/" + pool.name() + "/drain", "");
        pool.awaitReady(guests);
        var taken = (System.nanoTime() - start) / 1e6;
        drain(pool);
        return taken;
    }

    private static void drain(BenchmarkPool pool) throws IOException, InterruptedException {
        pool.ask("POST", "/v1/pools/" + pool.name() + "/drain", "");
        while (!pool.status().path("guests").isEmpty()) {
            Thread.sleep(50);
        }
    }

    private ResultTable coldAndForks() throws IOException {
        var pool = pool("bench-cold");
        List<AcquireSample> cold = new ArrayList<>();
        List<Double> reverts = new ArrayList<>();
        List<Double> forks = new ArrayList<>();
        List<Double> pauses = new ArrayList<>();
        // The first guest boots.
        cold.add(pool.acquire());
        for (var round = 1; round <= COLD; round++) {
            System.err.println("cold, round " + round + " ...");
            var sample = pool.acquire();
            cold.add(sample);
            reverts.addAll(reverted(sample.guest(), 1));
        }
        var source = cold.getFirst();
        cold.subList(1, cold.size()).forEach(sample -> release(pool, sample.lease()));
        for (var round = 1; round <= ROUNDS; round++) {
            System.err.println("fork, round " + round + " ...");
            awaitEmpty(pool);
            var start = System.nanoTime();
            var forked = pool.ask("POST", "/v1/leases/" + source.lease() + "/fork", "{\"count\": " + FORKS + "}");
            forks.add((System.nanoTime() - start) / 1e6);
            pauses.add(forked.path("pausedMilliseconds").asDouble());
            for (JsonNode lease : forked.path("leases")) {
                release(pool, lease.path("id").asText());
            }
        }
        var table = new ResultTable("what", "p50 ms", "worst ms", "C: revert p50 ms", "ratio");
        var floor = new Timings(reverts);
        var acquired = Timings.of(cold.subList(1, cold.size()), AcquireSample::taken);
        row(table, "cold acquire", acquired, floor.median());
        row(table, "fork into " + FORKS, new Timings(forks), FORKS * floor.median());
        row(table, "of it the source's pause", new Timings(pauses), floor.median());
        release(pool, source.lease());
        return table;
    }

    private static void row(ResultTable table, String what, Timings times, double floor) {
        table.row(
                what,
                Timings.text(times.median()),
                Timings.text(times.worst()),
                Timings.text(floor),
                Timings.ratio(times.median(), floor));
    }

    private static void awaitEmpty(BenchmarkPool pool) throws IOException {
        while (pool.status().path("guests").size() > 1) {
            Thread.onSpinWait();
        }
    }

    private static void release(BenchmarkPool pool, String lease) {
        try {
            pool.release(lease);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<Double> reverted(String guest, int times) throws IOException {
        var log = work.resolve("revert.log");
        new BenchmarkProgram(log, List.of(revert.toString(), uri, guest, "clean", Integer.toString(times))).run();
        return Files.readAllLines(log).stream().map(Double::valueOf).toList();
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1e3);
    }

    private void paddock(String... words) {
        List<String> all = new ArrayList<>(List.of(launcher.toString(), "-c", uri));
        all.addAll(List.of(words));
        new BenchmarkProgram(work.resolve("log"), all).run();
    }

    private BenchmarkPool pool(String name) {
        return new BenchmarkPool(socket, name);
    }

    private String playbook() {
        var text = new StringBuilder("""
                - project: bench-growth
                  networks:
                    - {name: bench-growth, address: 10.216.0.1/24, dhcp: 10.216.0.10-10.216.0.250}
                  templates:
                    - name: bench
                      image: tiny
                      memory: 256 MiB
                      disks: [{size: 64 MiB}]
                      channels: [{name: dev.paddock.agent.0}]
                      networks: {name: bench-growth, filter: clean-traffic}
                  pools:
                """);
        text.append("    - {name: bench-copied, template: bench, warm: %d, max: %d,".formatted(guests, guests)
                + " addresses: 10.216.0.10-10.216.0.59}\n");
        text.append("    - {name: bench-booted, template: bench, warm: %d, max: %d,".formatted(guests, guests)
                + " reset: recreate, addresses: 10.216.0.60-10.216.0.109}\n");
        text.append("    - {name: bench-cold, template: bench, memory: 512 MiB, warm: 0, max: 16,"
                + " on_empty: {cold: 5m}, lease: 4h, addresses: 10.216.0.110-10.216.0.125}\n");
        return text.toString();
    }
}
