package dev.paddock.pool.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.ClaimRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many callers, guests that fail in all ways, and a server that is killed repeatedly: no guest has two users, none has
 * data of its previous user, and in the end no lease is left.
 *
 * <p>{@code -Dpaddock.pool.cycles=10000} for more.
 */
@Timeout(600)
class EnduranceTest {
    private static final int CYCLES = Integer.getInteger("paddock.pool.cycles", 2_000);
    private static final int CALLERS = 20;
    private static final int KILLS = 8;
    private static final double FAULTS = 0.02;

    @TempDir
    Path folder;

    private final StandInHost host = new StandInHost(7, FAULTS);
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cycles = new AtomicInteger();
    private final AtomicInteger forks = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final PoolClock clock = new AdvanceableClock().poolClock();
    private volatile LeaseService service;
    private volatile LeaseStore store;

    @BeforeEach
    void open() {
        store = LeaseStore.open(folder.resolve("leases"), "boot", clock::millis);
        service = new LeaseService(
                store, host.forNewServer(), clock, new EventLog(clock, event -> {}), new PoolMetrics());
        service.start();
    }

    @Test
    void everyGuestHasOneUserAndNobodySeesDataOfAnother() throws Exception {
        host.templates.add(PoolTemplates.template("agents", PoolTemplates.spec(4, 8, OnEmpty.WAIT)));
        service.requestRefresh();
        var callers = Executors.newFixedThreadPool(CALLERS);
        for (var i = 0; i < CALLERS; i++) {
            var owner = "caller" + i;
            callers.execute(() -> use(owner));
        }
        callers.shutdown();
        for (var kill = 1; kill <= KILLS; kill++) {
            while (cycles.get() < CYCLES * kill / (KILLS + 1)) {
                Thread.sleep(1);
            }
            killServer();
        }
        assertThat(callers.awaitTermination(500, TimeUnit.SECONDS)).isTrue();

        assertThat(violations).isEmpty();
        assertThat(forks).hasPositiveValue();
        assertThat(service.leases(Optional.empty())).isEmpty();
        while (service.status().values().stream().mapToInt(PoolStatus::ready).sum() != host.guests.size()) {
            Thread.sleep(1);
        }
        assertThat(host.guests.values())
                .allSatisfy(guest -> assertThat(guest.left).hasValue(""));
        service.close();
        store.close();
    }

    private synchronized void killServer() {
        var dead = service;
        store.close();
        open();
        dead.close();
    }

    private void use(String owner) {
        var random = new Random(owner.hashCode());
        while (cycles.get() < CYCLES) {
            try {
                var acquired = service.acquire(new AcquireRequest(
                        "agents",
                        owner,
                        "",
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(1)),
                        ClaimRequest.NOTHING));
                cycle(owner, acquired, random);
                cycles.incrementAndGet();
            } catch (LeaseRejectedException rejection) {
                if (rejection.reason() == Reason.TOO_MANY) {
                    violations.add(rejection.text());
                }
            } catch (RuntimeException failure) {
                // The server was killed during this request, which can be repeated.
                Thread.onSpinWait();
            }
        }
    }

    private void cycle(String owner, AcquireResult acquired, Random random) {
        var lease = acquired.lease();
        var guest = host.guest(lease.slot().name());
        if (!guest.mark.incarnation().equals(lease.incarnation())) {
            violations.add(owner + " leased " + lease + " and found " + guest.mark);
        }
        var before = guest.left.getAndSet(owner);
        if (!before.isEmpty()) {
            violations.add(
                    owner + " found what " + before + " left in " + lease.slot().name());
        }
        if (random.nextInt(20) == 0) {
            fork(owner, lease, 1 + random.nextInt(2));
        }
        if (random.nextInt(50) == 0) {
            host.kill(lease.slot().name());
            lost.incrementAndGet();
        } else if (!guest.left.get().equals(owner)) {
            violations.add(owner + " shares " + lease.slot().name() + " with " + guest.left.get());
        }
        release(owner, lease.id());
    }

    private void fork(String owner, Lease lease, int count) {
        try {
            for (var fork : service.fork(new ForkRequest(lease.id(), owner, count, Optional.empty()))
                    .leases()) {
                var guest = host.guest(fork.slot().name());
                var found = guest.left.getAndSet("a fork of " + owner);
                if (!guest.mark.incarnation().equals(fork.incarnation()) || !found.equals(owner)) {
                    violations.add(owner + " forked " + lease + " and found " + guest.mark + " of " + found);
                }
                forks.incrementAndGet();
            }
        } catch (RuntimeException failure) {
            // There was no room, a copy failed, or the server was killed, which may have made some.
            Thread.onSpinWait();
        }
        leases(owner).stream()
                .filter(each -> each.parent().equals(lease.id()))
                .forEach(fork -> release(owner, fork.id()));
    }

    private List<Lease> leases(String owner) {
        while (true) {
            try {
                return service.leases(Optional.of(owner));
            } catch (RuntimeException failure) {
                Thread.onSpinWait();
            }
        }
    }

    private void release(String owner, String id) {
        while (true) {
            try {
                service.release(id, owner, false);
                return;
            } catch (LeaseRejectedException rejection) {
                violations.add("the lease of " + owner + ": " + rejection.text());
                return;
            } catch (RuntimeException failure) {
                Thread.onSpinWait();
            }
        }
    }
}
