package dev.paddock.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Takes the time of acquiring guests of a pool over the socket of its keeper, by one caller, by ten, by fifty, each of whom
 * releases at once and asks again. What is counted are guests that were ready; of the others how many there were.
 */
public final class AcquireBenchmark {
    private AcquireBenchmark() {}

    /** @param arguments the socket, the pool, and how many guests each row acquires */
    public static void main(String[] arguments) throws Exception {
        var pool = new BenchmarkPool(Path.of(arguments[0]), arguments[1]);
        var each = Integer.parseInt(arguments[2]);
        List<String> titles = new ArrayList<>(List.of("callers", "warm", "waited", "p50 ms", "p99 ms", "worst ms"));
        titles.addAll(AcquireSample.SHARES);
        var table = new ResultTable(titles.toArray(String[]::new));
        for (var callers : new int[] {1, 10, 50}) {
            table.row(row(pool, callers, each / callers));
        }
        System.out.print(table);
    }

    private static String[] row(BenchmarkPool pool, int callers, int each) throws Exception {
        var all =
                Concurrently.all(Collections.<Callable<List<AcquireSample>>>nCopies(callers, () -> many(pool, each)))
                        .stream()
                        .flatMap(List::stream)
                        .toList();
        var warm = all.stream().filter(AcquireSample::warm).toList();
        var times = Timings.of(warm, AcquireSample::taken);
        List<String> cells = new ArrayList<>(List.of(
                Integer.toString(callers),
                Integer.toString(warm.size()),
                Integer.toString(all.size() - warm.size()),
                Timings.text(times.median()),
                Timings.text(times.p99()),
                Timings.text(times.worst())));
        cells.addAll(AcquireSample.shares(warm));
        return cells.toArray(String[]::new);
    }

    private static List<AcquireSample> many(BenchmarkPool pool, int count) throws IOException {
        List<AcquireSample> acquired = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            var guest = pool.acquire();
            acquired.add(guest);
            pool.release(guest.lease());
        }
        return acquired;
    }
}
