package dev.paddock.pool.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.lease.Lease;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.ClaimRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leases that go on from others. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // All is opened before each test.
class ForkTest {
    private static final PoolSpec SPEC = PoolTemplates.spec(2, 6, OnEmpty.WAIT);

    @TempDir
    Path folder;

    private final AdvanceableClock time = new AdvanceableClock();
    private final StandInHost host = new StandInHost(1, 0);
    private LeaseStore store;
    private LeaseService service;

    @BeforeEach
    void open() {
        var clock = time.poolClock();
        store = LeaseStore.open(folder.resolve("leases"), "boot", clock::millis);
        service = new LeaseService(
                store, host.forNewServer(), clock, new EventLog(clock, event -> {}), new PoolMetrics());
        service.start();
    }

    @AfterEach
    void close() {
        service.close();
        store.close();
    }

    private void declare(PoolSpec spec) {
        host.templates.clear();
        host.templates.add(PoolTemplates.template("agents", spec));
        service.requestRefresh();
    }

    private Lease acquire() {
        return service.acquire(new AcquireRequest(
                        "agents", "alice", "", Optional.empty(), Optional.empty(), ClaimRequest.NOTHING))
                .lease();
    }

    private List<Lease> fork(Lease lease, int count) {
        return service.fork(new ForkRequest(lease.id(), "alice", count, Optional.empty()))
                .leases();
    }

    private String left(Lease lease) {
        return host.guest(lease.slot().name()).left.get();
    }

    private PoolStatus status() {
        return Optional.ofNullable(service.status().get("agents")).orElseThrow(() -> new AssertionError("no pool"));
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void assertRejected(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(reason));
    }

    @Test
    void eachForkGoesOnFromTheLeaseAndSaysSo() {
        declare(SPEC);
        var lease = acquire();
        host.guest(lease.slot().name()).left.set("hers");

        var forks = fork(lease, 3);

        assertThat(forks).hasSize(3).allSatisfy(fork -> {
            assertThat(left(fork)).isEqualTo("hers");
            assertThat(fork.parent()).isEqualTo(lease.id());
            assertThat(fork.owner()).isEqualTo("alice");
        });
        var slots = new HashSet<>(List.of(lease.slot()));
        forks.forEach(fork -> slots.add(fork.slot()));
        assertThat(slots).hasSize(4);
        assertThat(left(lease)).isEqualTo("hers");
        assertThat(service.leases(Optional.of("alice"))).hasSize(4);
    }

    @Test
    void aForkCanBeForked() {
        declare(SPEC);
        var lease = acquire();
        host.guest(lease.slot().name()).left.set("hers");
        var fork = fork(lease, 1).getFirst();
        host.guest(fork.slot().name()).left.set("later");

        assertThat(left(fork(fork, 1).getFirst())).isEqualTo("later");
        assertThat(left(lease)).isEqualTo("hers");
    }

    @Test
    void nobodyGetsAForkOfAnother() {
        declare(SPEC);
        var lease = acquire();
        host.guest(lease.slot().name()).left.set("hers");
        var forks = fork(lease, 3);

        forks.forEach(fork -> service.release(fork.id(), "alice", false));
        service.release(lease.id(), "alice", false);

        until(() -> status().leased() == 0 && status().ready() >= 2 && status().dirty() == 0 && status().making() == 0);
        assertThat(host.guests.values())
                .allSatisfy(guest -> assertThat(guest.left).hasValue(""));
    }

    @Test
    void aForkWithoutRoomForAllMakesNone() {
        declare(SPEC);
        var lease = acquire();

        assertRejected(Reason.TOO_MANY, () -> fork(lease, 6));

        assertThat(service.leases(Optional.empty())).hasSize(1);
        until(() -> status().ready() == 2);
    }

    @Test
    void forksCountAgainstTheQuota() {
        declare(new PoolSpec(
                1,
                6,
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                SPEC.reset(),
                OnEmpty.WAIT,
                Duration.ofSeconds(20),
                Optional.empty(),
                OptionalInt.of(3),
                2,
                Optional.empty(),
                OptionalLong.empty(),
                List.of()));
        var lease = acquire();

        assertRejected(Reason.TOO_MANY, () -> fork(lease, 3));
        assertThat(fork(lease, 2)).hasSize(2);
        assertRejected(Reason.TOO_MANY, this::acquire);
    }

    @Test
    void aForkThatFailsLeavesNothingAndTheLeaseAsItWas() {
        declare(SPEC);
        var lease = acquire();
        host.guest(lease.slot().name()).left.set("hers");
        host.obstacle = "This host copies nothing.";

        assertRejected(Reason.FORK_FAILED, () -> fork(lease, 2));

        assertThat(service.leases(Optional.empty())).extracting(Lease::id).containsExactly(lease.id());
        assertThat(left(lease)).isEqualTo("hers");
        until(() -> status().ready() == 2 && status().dirty() == 0);
    }

    @Test
    void onlyTheOwnerForksAnOpenLeaseOfAPoolThatIsNotDrained() {
        declare(SPEC);
        var lease = acquire();

        assertRejected(Reason.NOT_YOURS, () -> service.fork(new ForkRequest(lease.id(), "bob", 1, Optional.empty())));
        assertRejected(
                Reason.BAD_REQUEST,
                () -> service.fork(new ForkRequest(lease.id(), "alice", 1, Optional.of(Duration.ofDays(1)))));
        service.setDrained("agents", true);
        assertRejected(Reason.DRAINED, () -> fork(lease, 1));
        service.setDrained("agents", false);
        service.release(lease.id(), "alice", false);
        assertRejected(Reason.ENDED, () -> fork(lease, 1));
    }

    @Test
    void aStateThatIsKeptOutlivesItsLease() {
        declare(SPEC);
        var lease = acquire();
        host.guest(lease.slot().name()).left.set("hers");
        var keeping = new ForkRequest(lease.id(), "alice", 0, Optional.empty(), Optional.of("branch"));

        assertThat(service.fork(keeping).leases()).isEmpty();
        service.release(lease.id(), "alice", false);
        var later = service.forkKept("agents", new ForkRequest("branch", "alice", 2, Optional.empty()));

        assertThat(later).hasSize(2).allSatisfy(fork -> {
            assertThat(left(fork)).isEqualTo("hers");
            assertThat(fork.parent()).isEqualTo(lease.id());
        });
        service.deleteKept("agents", "branch", "alice");
        assertThat(service.kept("agents", "alice")).isEmpty();
        assertThat(left(later.getFirst())).isEqualTo("hers");
    }

    @Test
    void aStateHasOneNameAndIsItsOwners() {
        declare(SPEC);
        var lease = acquire();
        var keeping = new ForkRequest(lease.id(), "alice", 0, Optional.empty(), Optional.of("branch"));
        service.fork(keeping);

        assertRejected(Reason.BAD_REQUEST, () -> service.fork(keeping));
        assertRejected(
                Reason.BAD_REQUEST,
                () -> service.fork(
                        new ForkRequest(lease.id(), "alice", 0, Optional.empty(), Optional.of("../branch"))));
        assertRejected(
                Reason.NOT_FOUND,
                () -> service.forkKept("agents", new ForkRequest("branch", "bob", 1, Optional.empty())));
        assertRejected(Reason.NOT_FOUND, () -> service.deleteKept("agents", "branch", "bob"));
        assertThat(service.kept("agents", "bob")).isEmpty();
        assertThat(service.kept("agents", LeaseService.ROOT)).hasSize(1);
    }

    @Test
    void aStateOfAnEarlierTemplateIsNotForked() {
        declare(SPEC);
        var lease = acquire();
        service.fork(new ForkRequest(lease.id(), "alice", 0, Optional.empty(), Optional.of("branch")));

        host.templates.set(0, PoolTemplates.template("agents", SPEC, "1024"));
        service.requestRefresh();
        until(() -> status().outdated() > 0);

        assertRejected(
                Reason.BAD_REQUEST,
                () -> service.forkKept("agents", new ForkRequest("branch", "alice", 1, Optional.empty())));
    }

    @Test
    void aVmWithAWorkspaceCannotBeForked() {
        declare(PoolTemplates.spec(1, 3, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var lease = acquire();

        assertRejected(Reason.BAD_REQUEST, () -> fork(lease, 1));
    }

    @Test
    void theForksOfAServerThatIsKilledAreLostUnlessTheyWereHandedOver() {
        declare(SPEC);
        var lease = acquire();
        var forks = fork(lease, 2);

        var dead = service;
        store.close();
        open();
        dead.close();

        assertThat(service.leases(Optional.of("alice")))
                .extracting(Lease::id)
                .containsExactlyInAnyOrder(
                        lease.id(), forks.getFirst().id(), forks.getLast().id());
    }
}
