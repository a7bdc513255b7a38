package dev.paddock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paddock.cli.pool.KeeperClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes the time of acquiring guests of a pool, as callers have it: over the socket, by one caller, by ten, by fifty, and
 * by the program. What is counted are guests that were ready; of the others how many there were.
 */
public final class Acquiring {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final double MILLIS = 1e6;

    private final Path socket;
    private final String pool;

    private Acquiring(Path socket, String pool) {
        this.socket = socket;
        this.pool = pool;
    }

    /** @param arguments the socket, the pool, how many guests each row acquires, and the program with its options */
    public static void main(String[] arguments) throws Exception {
        var acquiring = new Acquiring(Path.of(arguments[0]), arguments[1]);
        var each = Integer.parseInt(arguments[2]);
        var table = new Table("callers", "warm", "waited", "p50 ms", "p99 ms", "worst ms", "wait", "keep", "claim");
        for (var callers : new int[] {1, 10, 50}) {
            acquiring.row(table, callers, each);
        }
        System.out.print(table);
        if (arguments.length > 3) {
            acquiring.byProgram(Arrays.asList(arguments).subList(3, arguments.length), Math.min(each, 40));
        }
    }

    /** What one acquisition took, in milliseconds. */
    private record Acquired(boolean warm, double taken, Map<String, Double> steps) {}

    private void row(Table table, int callers, int each) throws Exception {
        var all = new ArrayList<Acquired>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Future<List<Acquired>>> started = new ArrayList<>();
            for (var caller = 0; caller < callers; caller++) {
                started.add(threads.submit(() -> many(Math.max(1, each / callers))));
            }
            for (var future : started) {
                all.addAll(future.get());
            }
        }
        var warm = all.stream().filter(Acquired::warm).toList();
        var times = new ArrayList<>(warm.stream().map(Acquired::taken).toList());
        Collections.sort(times);
        if (times.isEmpty()) {
            table.row(Integer.toString(callers), "0", Integer.toString(all.size()), "-", "-", "-", "-", "-", "-");
            return;
        }
        table.row(
                Integer.toString(callers),
                Integer.toString(warm.size()),
                Integer.toString(all.size() - warm.size()),
                text(Median.of(times)),
                text(times.get((int) Math.ceil(times.size() * 0.99) - 1)),
                text(times.getLast()),
                step(warm, "wait"),
                step(warm, "keep"),
                step(warm, "claim"));
    }

    private static String step(List<Acquired> warm, String name) {
        return text(Median.of(
                warm.stream().map(each -> each.steps().getOrDefault(name, 0.0)).toList()));
    }

    private static String text(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }

    private List<Acquired> many(int count) throws IOException {
        List<Acquired> acquired = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            var start = System.nanoTime();
            var lease = ask("POST", "/v1/pools/" + pool + "/leases", "{\"waitSeconds\": 300}");
            var taken = (System.nanoTime() - start) / MILLIS;
            var steps = new TreeMap<String, Double>();
            lease.path("steps")
                    .properties()
                    .forEach(step -> steps.put(step.getKey(), step.getValue().asDouble()));
            acquired.add(new Acquired(lease.path("warm").asBoolean(), taken, steps));
            ask("DELETE", "/v1/leases/" + lease.path("id").asText(), "");
        }
        return acquired;
    }

    /** Each from a pool that is filled: what is of interest is what the program adds. */
    private void byProgram(List<String> program, int count) throws IOException, InterruptedException {
        var log = Path.of(
                System.getProperty("java.io.tmpdir"),
                "acquired-" + ProcessHandle.current().pid());
        var words = new ArrayList<>(program);
        words.addAll(List.of("acquire", pool));
        var times = new ArrayList<Double>();
        for (var i = 0; i < count; i++) {
            awaitReady();
            times.add(new Program(log, words).run());
            var lease = MAPPER.readTree(log.toFile());
            ask("DELETE", "/v1/leases/" + lease.path("id").asText(), "");
        }
        Collections.sort(times);
        var version = new ArrayList<Double>();
        var start = new ArrayList<>(program.subList(0, 1));
        start.add("--version");
        for (var i = 0; i < count; i++) {
            version.add(new Program(log, start).run());
        }
        System.out.printf(
                Locale.ROOT,
                "by the program: p50 %.1f ms, worst %.1f ms; its --version %.1f ms%n",
                Median.of(times),
                times.getLast(),
                Median.of(version));
    }

    private void awaitReady() throws IOException, InterruptedException {
        while (ask("GET", "/v1/pools/" + pool, "").path("ready").asInt() == 0) {
            Thread.sleep(20);
        }
    }

    private JsonNode ask(String method, String path, String body) throws IOException {
        var reply = KeeperClient.ask(socket, method, path, body);
        if (!reply.isGood()) {
            throw new IOException(method + " " + path + ": " + reply.body());
        }
        return MAPPER.readTree(reply.body());
    }
}
