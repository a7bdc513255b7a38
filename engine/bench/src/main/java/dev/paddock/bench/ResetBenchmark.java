package dev.paddock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the time from giving a guest back until it is ready again, by each way of making it clean and for guests of several
 * sizes, a fifth of whose memory their user has filled. What it takes QEMU to end is the machine's, and is taken apart.
 */
public final class ResetBenchmark {
    private static final List<String> WAYS = List.of("restore", "revert", "recreate");
    private static final String END = "virsh destroy";
    private static final List<Integer> MEBIBYTES = List.of(128, 256, 512);
    private static final int ROUNDS = 5;

    private final Path launcher;
    private final String uri;
    private final Path socket;
    private final Path work;
    private final Map<Cell, List<Double>> times = new LinkedHashMap<>();

    private ResetBenchmark(Path launcher, String uri, Path socket, Path work) {
        this.launcher = launcher;
        this.uri = uri;
        this.socket = socket;
        this.work = work;
    }

    private record Cell(int mebibytes, String what) {}

    /** @param arguments paddock's launcher, a libvirt with a keeper, the keeper's socket, and a folder */
    public static void main(String[] arguments) throws Exception {
        var resetting =
                new ResetBenchmark(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]), Path.of(arguments[3]));
        resetting.rounds();
        System.out.print(resetting.table());
    }

    /** All take turns; the first round is not counted. */
    private void rounds() throws Exception {
        var playbook = Files.writeString(work.resolve("reset.yaml"), playbook()).toString();
        paddock("apply", "--auto-approve", playbook);
        for (var mebibytes : MEBIBYTES) {
            for (var way : WAYS) {
                pool(way, mebibytes).awaitReady(1);
            }
        }
        for (var round = 0; round <= ROUNDS; round++) {
            System.err.println("round " + round + " ...");
            for (var mebibytes : MEBIBYTES) {
                for (var way : WAYS) {
                    note(round, new Cell(mebibytes, way), reset(way, mebibytes));
                }
                note(round, new Cell(mebibytes, END), end(pool("recreate", mebibytes), mebibytes));
            }
        }
        paddock("destroy", "--auto-approve", playbook);
    }

    private void note(int round, Cell cell, double taken) {
        if (round > 0) {
            times.computeIfAbsent(cell, first -> new ArrayList<>()).add(taken);
        }
    }

    private double reset(String way, int mebibytes) throws IOException {
        var pool = pool(way, mebibytes);
        var lent = lent(pool, mebibytes);
        var event = pool.lastEvent();
        var start = System.nanoTime();
        pool.release(lent.lease());
        var job = pool.awaitJob(event);
        var taken = (System.nanoTime() - start) / 1e6;
        // A guest that cannot be cleaned is made anew, which is another figure.
        if (!job.equals(way.equals("recreate") ? "make" : "clean")) {
            throw new IllegalStateException(lent.guest() + " was made ready by a " + job + ".");
        }
        return taken;
    }

    /** Its pool makes it anew when it is gone. */
    private double end(BenchmarkPool pool, int mebibytes) throws IOException {
        var lent = lent(pool, mebibytes);
        var event = pool.lastEvent();
        var taken = program("virsh", "-q", "-c", uri, "destroy", lent.guest()).run();
        pool.awaitJob(event);
        return taken;
    }

    private AcquireSample lent(BenchmarkPool pool, int mebibytes) throws IOException {
        var lent = pool.acquire();
        var fill = "dd if=/dev/zero bs=1M count=" + mebibytes / 5 + " 2>/dev/null | tr '\\0' x >/run/filled";
        paddock("exec", lent.guest(), "--", "sh", "-c", fill);
        return lent;
    }

    private ResultTable table() {
        var table = new ResultTable("MiB", "reset", "p50 ms", "worst ms", "ending QEMU ms", "rest ms", "ratio");
        times.forEach((cell, all) -> {
            var sorted = new Timings(all);
            var ending = cell.what().equals(WAYS.getFirst()) ? 0 : median(cell.mebibytes(), END);
            table.row(
                    Integer.toString(cell.mebibytes()),
                    cell.what(),
                    whole(sorted.median()),
                    whole(sorted.worst()),
                    whole(ending),
                    whole(sorted.median() - ending),
                    Timings.ratio(sorted.median(), median(cell.mebibytes(), WAYS.getFirst())));
        });
        return table;
    }

    private double median(int mebibytes, String what) {
        return Median.of(times.getOrDefault(new Cell(mebibytes, what), List.of()));
    }

    private static String whole(double millis) {
        return String.format(Locale.ROOT, "%.0f", millis);
    }

    private void paddock(String... words) {
        List<String> all = new ArrayList<>(List.of(launcher.toString(), "-c", uri));
        all.addAll(List.of(words));
        program(all.toArray(String[]::new)).run();
    }

    private BenchmarkProgram program(String... words) {
        return new BenchmarkProgram(work.resolve("log"), List.of(words));
    }

    private BenchmarkPool pool(String way, int mebibytes) {
        return new BenchmarkPool(socket, name(way, mebibytes));
    }

    private static String name(String way, int mebibytes) {
        return "bench-" + way + "-" + mebibytes;
    }

    private static String playbook() {
        var text = new StringBuilder("""
                - project: bench-reset
                  pools:
                """);
        MEBIBYTES.forEach(
                mebibytes -> WAYS.forEach(way -> text.append("""
                    - name: %s
                      image: tiny
                      memory: %d MiB
                      disks: [{size: 64 MiB}]
                      channels: [{name: dev.paddock.agent.0}]
                      reset: %s
                """.formatted(name(way, mebibytes), mebibytes, way))));
        return text.toString();
    }
}
