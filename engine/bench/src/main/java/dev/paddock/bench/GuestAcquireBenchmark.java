package dev.paddock.bench;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.resource.ResourceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/**
 * Holds what acquiring real guests takes at the keeper's socket against a program in C that claims the same guests. They
 * take turns: the keeper lends guests, and while they are lent each is brought back to its clean state once more, and the
 * program does what the keeper did.
 */
public final class GuestAcquireBenchmark {
    /** The longer a guest was idle, the longer it takes to answer; so both sides let it be so for as long. */
    private static final long IDLE_MILLIS = 500;

    private final BenchmarkPool pool;
    private final int warm;
    private final String uri;
    private final Path program;
    private final HostWriter writer;
    private final List<AcquireSample> ours = new ArrayList<>();
    private final List<Claimant.Claimed> floors = new ArrayList<>();

    private GuestAcquireBenchmark(BenchmarkPool pool, int warm, String uri, Path program, HostWriter writer) {
        this.pool = pool;
        this.warm = warm;
        this.uri = uri;
        this.program = program;
        this.writer = writer;
    }

    /**
     * @param arguments the socket, the pool, how many of its guests are warm, how many guests each row acquires, the libvirt
     *     they are on, and the program in C
     */
    public static void main(String[] arguments) throws Exception {
        var pool = new BenchmarkPool(Path.of(arguments[0]), arguments[1]);
        var warm = Integer.parseInt(arguments[2]);
        var uri = arguments[4];
        var table = new ResultTable(titles().toArray(String[]::new));
        try (var writer = ServiceLoader.load(HostConnector.class)
                .findFirst()
                .orElseThrow()
                .writer(uri)) {
            for (var callers = 1; callers <= warm; callers *= 2) {
                var acquiring = new GuestAcquireBenchmark(pool, warm, uri, Path.of(arguments[5]), writer);
                System.err.println(callers + " callers ...");
                acquiring.rounds(callers, Integer.parseInt(arguments[3]) / callers);
                table.row(acquiring.row(callers));
            }
        }
        System.out.print(table);
    }

    private static List<String> titles() {
        List<String> titles =
                new ArrayList<>(List.of("callers", "guests", "p50 ms", "p99", "worst", "C: p50", "p99", "worst"));
        titles.addAll(List.of("ratio p50", "p99", "of C: claim", "hang up"));
        titles.addAll(AcquireSample.SHARES);
        return titles;
    }

    /** There are as many guests as callers, as the others are lent meanwhile. The first round is not counted. */
    private void rounds(int callers, int rounds) throws Exception {
        List<AcquireSample> others = new ArrayList<>();
        while (others.size() < warm - callers) {
            others.add(pool.acquire());
        }
        round(callers);
        ours.clear();
        floors.clear();
        for (var i = 0; i < rounds; i++) {
            round(callers);
        }
        for (var other : others) {
            pool.release(other.lease());
        }
    }

    private void round(int callers) throws Exception {
        pool.awaitReady(callers);
        Thread.sleep(IDLE_MILLIS);
        var lent = Concurrently.all(Collections.<Callable<AcquireSample>>nCopies(callers, pool::acquire));
        ours.addAll(lent);
        List<Callable<Claimant.Claimed>> claims = new ArrayList<>();
        List<Claimant> claimants = new ArrayList<>();
        for (var guest : lent) {
            writer.restore(new ResourceId("snapshot", guest.guest() + "/clean"), Optional.of(RestoreWay.LOADVM));
            var claimant = Claimant.open(program, uri, guest.guest());
            claimants.add(claimant);
            claims.add(claimant::claim);
        }
        Thread.sleep(IDLE_MILLIS);
        floors.addAll(Concurrently.all(claims));
        for (var claimant : claimants) {
            claimant.awaitEnd();
        }
        for (var guest : lent) {
            pool.release(guest.lease());
        }
    }

    private String[] row(int callers) {
        var own = Timings.of(ours, AcquireSample::taken);
        var floor = Timings.of(floors, Claimant.Claimed::taken);
        List<String> cells = new ArrayList<>(List.of(
                Integer.toString(callers),
                Integer.toString(ours.size()),
                Timings.text(own.median()),
                Timings.text(own.p99()),
                Timings.text(own.worst()),
                Timings.text(floor.median()),
                Timings.text(floor.p99()),
                Timings.text(floor.worst()),
                Timings.ratio(own.median(), floor.median()),
                Timings.ratio(own.p99(), floor.p99()),
                Timings.text(Timings.of(floors, Claimant.Claimed::claim).median()),
                Timings.text(Timings.of(floors, Claimant.Claimed::hangUp).median())));
        cells.addAll(AcquireSample.shares(ours));
        return cells.toArray(String[]::new);
    }
}
