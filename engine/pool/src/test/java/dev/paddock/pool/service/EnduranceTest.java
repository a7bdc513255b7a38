package dev.paddock.pool.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.ClaimRequest;
import java.nio.file.Path;
import java.time.Duration;
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
 * Many callers, guests that fail in all ways, and a keeper that is killed again and again: no guest has two users, none
 * has anything of its last one, and in the end nothing is left over.
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
    private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cycles = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile LeaseService keeper;
    private volatile LeaseStore store;

    @BeforeEach
    void open() {
        store = LeaseStore.open(folder.resolve("leases"), "boot", EnduranceTest::now);
        keeper = new LeaseService(
                store, host.forOneKeeper(), EnduranceTest::now, new EventLog(event -> {}), new PoolMetrics());
        keeper.start();
    }

    @Test
    void everyGuestHasOneUserAndNobodySeesAnothersData() throws Exception {
        host.patterns.add(PoolTemplates.pattern("agents", PoolTemplates.spec(4, 8, OnEmpty.WAIT)));
        keeper.look();
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
            killKeeper();
        }
        assertThat(callers.awaitTermination(500, TimeUnit.SECONDS)).isTrue();

        assertThat(wrongs).isEmpty();
        assertThat(keeper.leases(Optional.empty())).isEmpty();
        while (keeper.status().values().stream().mapToInt(PoolStatus::ready).sum() != host.guests.size()) {
            Thread.sleep(1);
        }
        assertThat(host.guests.values())
                .allSatisfy(guest -> assertThat(guest.left).hasValue(""));
        keeper.close();
        store.close();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    private synchronized void killKeeper() {
        var dead = keeper;
        store.close();
        open();
        dead.close();
    }

    private void use(String owner) {
        var random = new Random(owner.hashCode());
        while (cycles.get() < CYCLES) {
            try {
                var grant = keeper.acquire(new AcquireRequest(
                        "agents",
                        owner,
                        "",
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(1)),
                        ClaimRequest.NOTHING));
                cycle(owner, grant, random);
                cycles.incrementAndGet();
            } catch (LeaseRejectedException refusal) {
                if (refusal.reason() == Reason.TOO_MANY) {
                    wrongs.add(refusal.text());
                }
            } catch (RuntimeException killed) {
                // The keeper was killed under this request, which may be made again.
                Thread.onSpinWait();
            }
        }
    }

    private void cycle(String owner, AcquireResult grant, Random random) {
        var lease = grant.lease();
        var guest = host.guest(lease.slot().name());
        if (!guest.mark.incarnation().equals(lease.incarnation())) {
            wrongs.add(owner + " was lent " + lease + " and found " + guest.mark);
        }
        var before = guest.left.getAndSet(owner);
        if (!before.isEmpty()) {
            wrongs.add(
                    owner + " found what " + before + " left in " + lease.slot().name());
        }
        if (random.nextInt(50) == 0) {
            host.kill(lease.slot().name());
            lost.incrementAndGet();
        } else if (!guest.left.get().equals(owner)) {
            wrongs.add(owner + " shares " + lease.slot().name() + " with " + guest.left.get());
        }
        release(owner, lease.id());
    }

    private void release(String owner, String id) {
        while (true) {
            try {
                keeper.release(id, owner, false);
                return;
            } catch (LeaseRejectedException refusal) {
                wrongs.add("the lease of " + owner + ": " + refusal.text());
                return;
            } catch (RuntimeException killed) {
                Thread.onSpinWait();
            }
        }
    }
}
