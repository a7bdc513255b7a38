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
public final class Acquiring {
    private Acquiring() {}

    /** @param arguments the socket, the pool, and how many guests each row acquires */
    public static void main(String[] arguments) throws Exception {
        var pool = new LentPool(Path.of(arguments[0]), arguments[1]);
        var each = Integer.parseInt(arguments[2]);
        List<String> titles = new ArrayList<>(List.of("callers", "warm", "waited", "p50 ms", "p99 ms", "worst ms"));
        titles.addAll(Acquired.SHARES);
        var table = new Table(titles.toArray(String[]::new));
        for (var callers : new int[] {1, 10, 50}) {
            table.row(row(pool, callers, each / callers));
        }
        System.out.print(table);
    }

    private static String[] row(LentPool pool, int callers, int each) throws Exception {
        var all = Together.all(Collections.<Callable<List<Acquired>>>nCopies(callers, () -> many(pool, each))).stream()
                .flatMap(List::stream)
                .toList();
        var warm = all.stream().filter(Acquired::warm).toList();
        var times = Times.of(warm, Acquired::taken);
        List<String> cells = new ArrayList<>(List.of(
                Integer.toString(callers),
                Integer.toString(warm.size()),
                Integer.toString(all.size() - warm.size()),
                Times.text(times.median()),
                Times.text(times.p99()),
                Times.text(times.worst())));
        cells.addAll(Acquired.shares(warm));
        return cells.toArray(String[]::new);
    }

    private static List<Acquired> many(LentPool pool, int count) throws IOException {
        List<Acquired> acquired = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            var guest = pool.acquire();
            acquired.add(guest);
            pool.release(guest.lease());
        }
        return acquired;
    }
}
