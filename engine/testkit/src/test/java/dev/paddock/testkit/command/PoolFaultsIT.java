package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.cli.poolclient.PoolHttpClient;
import dev.paddock.host.lab.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers who borrow real guests while the keeper, libvirtd and guests are killed under them: no guest has two users, no
 * lease is lost, nothing of one is found in the next, and in the end nothing is left over.
 *
 * <p>{@code -Dpaddock.pool.leases=200} for more, {@code paddock.pool.callers} and {@code paddock.pool.faults} for how many
 * borrow, and how often something is done to them; {@code paddock.seed} for other faults.
 */
@Timeout(3_600)
@SuppressWarnings("NullAway.Init") // All is made before all tests.
class PoolFaultsIT {
    static final String POOL = "test-pool";

    private static final int CALLERS = Integer.getInteger("paddock.pool.callers", 3);
    private static final int LEASES = Integer.getInteger("paddock.pool.leases", 4 * CALLERS);
    private static final int FAULTS =
            Integer.getInteger("paddock.pool.faults", Math.max(Fault.values().length, LEASES / 4));
    private static final long SEED = Long.getLong("paddock.seed", System.nanoTime() % 1_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHORTEST_STOP_MILLIS = 500;
    private static final int LONGEST_STOP_MILLIS = 2_500;
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");
    private static final String PLAYBOOK = """
            - project: faults
              networks:
                - {name: faults, address: 10.213.0.1/24, dhcp: 10.213.0.10-10.213.0.99}
              nwfilters:
                - name: watched
                  rules:
                    - {action: accept, direction: out, tcp: {dstport: 443}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
              pools:
                - name: test-pool
                  image: tiny
                  memory: 192 MiB
                  disks: [{size: 64 MiB}]
                  channels: [{name: dev.paddock.agent.0}, {name: dev.paddock.agent.1}]
                  serial_log: no
                  workspace: 16 MiB
                  networks: {name: faults, filter: watched}
                  addresses: 10.213.0.64-10.213.0.65
                  warm: 2
                  max: 2
            """;

    /** What a pid file tells may have ended, and its number be another's. */
    private static final String KILL = """
            pid=$(cat PID) && tr '\\0' ' ' </proc/$pid/cmdline | grep -q 'COMMAND' && kill -9 $pid && echo killed
            """;

    /** What is done to those who borrow. */
    private enum Fault {
        POOL_SERVER_KILLED,
        POOL_SERVER_STOPPED,
        LIBVIRTD_KILLED,
        GUEST_KILLED,
        LEASE_FORGOTTEN
    }

    @TempDir
    static Path folder;

    private static PoolLab lab;

    private final Random random = new Random(SEED);
    private final LeaseLedger ledger = new LeaseLedger();
    private final Semaphore forgetful = new Semaphore(0);
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

    @BeforeAll
    static void setUp() throws Exception {
        lab = PoolLab.start("faults", POOL, folder, PLAYBOOK);
    }

    @AfterAll
    static void tearDown() throws Exception {
        lab.close();
    }

    @Test
    void everyGuestHasOneUserAndNobodySeesAnothersData() throws Exception {
        System.out.printf(
                "%d callers, %d leases, %d faults of the seed %d: -Dpaddock.seed=%d%n",
                CALLERS, LEASES, FAULTS, SEED, SEED);
        var start = System.nanoTime();
        List<LeaseCaller> callers;
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var borrowing = Stream.iterate(0, i -> i + 1)
                    .limit(CALLERS)
                    .map(i -> threads.submit(borrowing(i)))
                    .toList();
            harm(borrowing);
            callers = new ArrayList<>();
            for (var caller : borrowing) {
                callers.add(caller.get());
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - start);
        lab.until(() -> lab.leases().isEmpty());

        var ends = ends();
        var found = callers.stream().flatMap(caller -> caller.found().stream()).toList();
        var looks = callers.stream().mapToInt(LeaseCaller::looks).sum();
        var amiss = amiss();
        System.out.printf(
                "%d leases in %d s, %s; faults %s; looked into %d%ndouble %d, lost %d, marks %d, orphans %d; %s%n",
                ledger.size(),
                took.toSeconds(),
                ends,
                faults,
                looks,
                ledger.doubles().size(),
                lost().size(),
                found.size(),
                amiss.size(),
                waits(callers));
        assertThat(ledger.doubles()).as("guests with two users").isEmpty();
        assertThat(lost()).as("leases that ended by nobody's doing").isEmpty();
        assertThat(found).as("marks of others").isEmpty();
        assertThat(mixedUp()).as("results of others").isEmpty();
        assertThat(amiss).as("what is left over").isEmpty();
        assertThat(ledger.size()).isEqualTo(LEASES / CALLERS * CALLERS);
        assertThat(looks).isGreaterThan(LEASES / 2);
    }

    private Callable<LeaseCaller> borrowing(int number) {
        return () -> new LeaseCaller(lab, ledger, forgetful, "caller" + number).borrow(LEASES / CALLERS);
    }

    /** Do each thing as often as the others, one after some leases each, until that is done or all have ended. */
    private void harm(List<? extends Future<?>> borrowing) throws Exception {
        List<Fault> left = new ArrayList<>();
        for (var i = 0; i < FAULTS; i++) {
            if (left.isEmpty()) {
                left.addAll(List.of(Fault.values()));
                Collections.shuffle(left, random);
                // First, while there are leases left that can be forgotten.
                left.remove(Fault.LEASE_FORGOTTEN);
                left.addFirst(Fault.LEASE_FORGOTTEN);
            }
            var turn = i * LEASES / FAULTS;
            lab.until(() -> ledger.size() >= turn || borrowing.stream().allMatch(Future::isDone));
            var fault = left.removeFirst();
            happen(fault);
            faults.merge(fault, 1, Integer::sum);
        }
    }

    private void happen(Fault fault) throws Exception {
        switch (fault) {
            case POOL_SERVER_KILLED -> {
                lab.killKeeper();
                lab.serve();
            }
            case POOL_SERVER_STOPPED -> {
                lab.signalKeeper("STOP");
                Thread.sleep(random.nextInt(SHORTEST_STOP_MILLIS, LONGEST_STOP_MILLIS));
                lab.signalKeeper("CONT");
            }
            case LIBVIRTD_KILLED -> lab.until(() -> isKilled("/run/libvirtd.pid", "^libvirtd "));
            case GUEST_KILLED -> lab.until(this::isGuestKilled);
            case LEASE_FORGOTTEN -> forgetful.release();
        }
    }

    /** Kill one that is lent, or one of which nobody knows how far it is. */
    private boolean isGuestKilled() {
        var any = POOL + "-" + random.nextInt(1, 3);
        var guest = random.nextBoolean() ? ledger.lent().orElse(any) : any;
        try {
            return ledger.kill(
                    guest, () -> isKilled("/run/libvirt/qemu/" + guest + ".pid", " -name guest=" + guest + ","));
        } catch (LabException failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean isKilled(String pidFile, String command) {
        try {
            return lab.inside(KILL.replace("PID", pidFile).replace("COMMAND", command))
                    .equals("killed");
        } catch (LabException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Return what is amiss once the pool is full. A guest that was killed a moment ago may count as ready until it is seen. */
    private static List<String> amiss() throws LabException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            lab.awaitFull();
            var amiss = PoolRemains.amiss(lab, POOL, guests());
            if (amiss.isEmpty() || System.nanoTime() > deadline) {
                return amiss;
            }
        }
    }

    private static Set<String> guests() {
        var guests = new HashSet<String>();
        lab.status()
                .path("guests")
                .forEach(guest -> guests.add(guest.path("name").asText()));
        return guests;
    }

    /** Return how many leases ended in which way. */
    private Map<String, Integer> ends() throws IOException {
        Map<String, Integer> ends = new TreeMap<>();
        for (var span : ledger.spans()) {
            ends.merge(state(span.lease()), 1, Integer::sum);
        }
        return ends;
    }

    /** Return the leases that neither their callers nor time nor the end of their guests has ended. */
    private List<String> lost() throws IOException {
        List<String> lost = new ArrayList<>();
        for (var span : ledger.spans()) {
            var state = state(span.lease());
            if (!List.of("released", "expired").contains(state) && !(state.equals("lost") && span.gone())) {
                lost.add(state + ": " + span);
            }
        }
        return lost;
    }

    private static String state(String lease) throws IOException {
        var told = PoolHttpClient.ask(lab.socket(), "GET", "/v1/leases/" + lease, "")
                .body();
        var state = STATE.matcher(told);
        return state.find() ? state.group(1) : told;
    }

    /** Return the marks in results that are another lease's. */
    private static List<String> mixedUp() throws Exception {
        var marks = lab.inside("cd /var/lib/libvirt/paddock/results && grep -H . */mark");
        assertThat(marks).contains("mark-of-");
        return marks.lines()
                .filter(line -> !line.matches("(.*)/mark:mark-of-\\1"))
                .toList();
    }

    private static String waits(List<LeaseCaller> callers) {
        var waits = callers.stream()
                .flatMap(caller -> caller.waits().stream())
                .sorted()
                .map(nanos -> nanos / 1_000_000)
                .toList();
        return "waited p50 %d ms, worst %d ms".formatted(waits.get(waits.size() / 2), waits.getLast());
    }
}
