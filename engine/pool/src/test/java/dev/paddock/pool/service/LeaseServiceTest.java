package dev.paddock.pool.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.pool.lease.LeaseEndReason;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.lease.StoreException;
import dev.paddock.pool.service.LeaseRejectedException.Reason;
import dev.paddock.pool.slot.ClaimRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a keeper promises, with stand-ins for guests. */
@Timeout(60)
class LeaseServiceTest {

    @TempDir
    Path folder;

    private final StandInHost host = new StandInHost(1, 0);
    private final AtomicLong shift = new AtomicLong();
    private LeaseService keeper;
    private LeaseStore store;

    @BeforeEach
    void setUp() {
        open("boot");
    }

    @AfterEach
    void tearDown() {
        keeper.close();
        store.close();
    }

    private long now() {
        return System.nanoTime() / 1_000_000 + shift.get();
    }

    private void open(String boot) {
        store = LeaseStore.open(folder.resolve("leases"), boot, this::now);
        keeper = new LeaseService(store, host.forOneKeeper(), this::now, new EventLog(event -> {}), new PoolMetrics());
        keeper.start();
    }

    private void declare(PoolSpec spec) {
        host.patterns.add(PoolTemplates.pattern("agents", spec));
        keeper.look();
        until(() -> !keeper.status().isEmpty());
    }

    /** A keeper that is killed gets to finish nothing. */
    private void killAndReopen(String boot) {
        var dead = keeper;
        store.close();
        open(boot);
        dead.close();
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private PoolStatus status() {
        return Optional.ofNullable(keeper.status().get("agents")).orElseThrow(() -> new AssertionError("no pool"));
    }

    private AcquireResult acquire(String owner, String request) {
        return keeper.acquire(
                new AcquireRequest("agents", owner, request, Optional.empty(), Optional.empty(), ClaimRequest.NOTHING));
    }

    @Test
    void asManyGuestsAsAreToBeWarmAreReady() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));

        until(() -> status().ready() == 2);
        var lease = acquire("alice", "").lease();
        until(() -> status().ready() == 2);

        assertThat(status().leased()).isEqualTo(1);
        keeper.release(lease.id(), "alice", false);
        // It is likely to be wanted again soon, and costs less than another.
        until(() -> status().leased() == 0 && status().ready() == 3);
        assertThat(host.made).hasValue(3);
        shift.addAndGet(Duration.ofMinutes(6).toMillis());
        until(() -> status().ready() == 2 && status().slots().size() == 2);
    }

    @Test
    void askingTwiceGivesOneLease() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));

        var first = acquire("alice", "build-7");
        var second = acquire("alice", "build-7");

        assertThat(second.repeated()).isTrue();
        assertThat(second.lease().id()).isEqualTo(first.lease().id());
        assertThat(acquire("bob", "build-7").lease().id())
                .isNotEqualTo(first.lease().id());
        keeper.release(first.lease().id(), "alice", false);
        assertThatThrownBy(() -> acquire("alice", "build-7"))
                .isInstanceOfSatisfying(LeaseRejectedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.ENDED));
    }

    @Test
    void aLeaseIsItsOwnersAndNobodyElses() {
        declare(PoolTemplates.spec(1, 2, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        assertThatThrownBy(() -> keeper.release(lease.id(), "bob", false))
                .isInstanceOfSatisfying(LeaseRejectedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.NOT_YOURS));
        keeper.release(lease.id(), LeaseService.ROOT, false);
        assertThatThrownBy(() -> keeper.extend(lease.id(), "alice", Optional.empty()))
                .isInstanceOfSatisfying(LeaseRejectedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.ENDED));
    }

    @Test
    void nobodyGetsAGuestBeforeItsResultsAreCopied() throws Exception {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        host.copied = new CountDownLatch(1);

        var results = CompletableFuture.supplyAsync(() -> keeper.release(lease.id(), "alice", false));
        until(() -> host.copying.get() == 1);
        shift.addAndGet(Duration.ofHours(1).toMillis());
        Thread.sleep(1_000);
        assertThat(status().leased()).isEqualTo(1);
        assertThat(host.guest(lease.slot().name()).left).hasValue("hers");
        host.copied.countDown();

        assertThat(results.get().folder()).contains("hers");
        assertThat(acquire("bob", "").lease().slot()).isEqualTo(lease.slot());
        assertThat(host.guest(lease.slot().name()).left).hasValue("");
    }

    @Test
    void aLeaseEndsWhenItsTimeIsOver() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        shift.addAndGet(Duration.ofMinutes(29).toMillis());
        var longer = keeper.extend(lease.id(), "alice", Optional.of(Duration.ofHours(9)));
        assertThat(longer.until()).isEqualTo(lease.limit());
        shift.addAndGet(Duration.ofHours(4).toMillis());

        until(() -> store.lease(lease.id()).orElseThrow().ending().isPresent());
        assertThat(store.lease(lease.id()).orElseThrow().ending()).contains(LeaseEndReason.EXPIRED);
        assertThat(acquire("bob", "").lease().slot()).isEqualTo(lease.slot());
    }

    @Test
    void resultsAreKeptHoweverALeaseEnds() {
        declare(PoolTemplates.spec(2, 2, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var expiring = acquire("alice", "").lease();
        var dying = acquire("alice", "").lease();
        host.guest(expiring.slot().name()).left.set("of the one that expires");
        host.guest(dying.slot().name()).left.set("of the one that dies");

        host.kill(dying.slot().name());
        until(() -> !store.lease(dying.id()).orElseThrow().isOpen());
        shift.addAndGet(Duration.ofHours(5).toMillis());
        until(() -> !store.lease(expiring.id()).orElseThrow().isOpen());

        assertThat(store.lease(dying.id()).orElseThrow().ending()).contains(LeaseEndReason.LOST);
        assertThat(keeper.release(dying.id(), "alice", false).folder()).contains("of the one that dies");
        assertThat(keeper.release(expiring.id(), "alice", false).folder()).contains("of the one that expires");
        until(() -> status().ready() == 2);
    }

    @Test
    void resultsSurviveAKeeperThatIsKilledWhileItCopiesThem() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        host.copied = new CountDownLatch(1);
        var dying = keeper;
        var unanswered = CompletableFuture.supplyAsync(() -> dying.release(lease.id(), "alice", false));
        until(() -> host.copying.get() == 1);

        killAndReopen("boot");
        host.copied.countDown();

        assertThat(keeper.release(lease.id(), "alice", false).folder()).contains("hers");
        assertThat(keeper.release(lease.id(), "alice", false).folder()).contains("hers");
        assertThatThrownBy(unanswered::join).hasCauseInstanceOf(StoreException.class);
        assertThat(store.lease(lease.id()).orElseThrow().ending()).contains(LeaseEndReason.RELEASED);
    }

    @Test
    void aGuestIsKeptWhenItsResultsCannotBe() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        host.isFull = true;

        assertThatThrownBy(() -> keeper.release(lease.id(), "alice", false))
                .isInstanceOfSatisfying(LeaseRejectedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.RESULTS_NOT_KEPT));
        assertThat(store.lease(lease.id()).orElseThrow().isOpen()).isTrue();
        assertThat(host.guest(lease.slot().name()).left).hasValue("hers");

        assertThat(keeper.release(lease.id(), "alice", true).folder()).isEmpty();
        var next = acquire("alice", "").lease();
        shift.addAndGet(Duration.ofHours(5).toMillis());
        until(() -> !store.lease(next.id()).orElseThrow().isOpen());
        assertThat(store.lease(next.id()).orElseThrow().ending()).contains(LeaseEndReason.EXPIRED);
    }

    @Test
    void whoWaitsForAPoolThatIsDrainedMeanwhileGetsNothing() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();
        var waiting = CompletableFuture.supplyAsync(() -> keeper.acquire(new AcquireRequest(
                "agents", "bob", "", Optional.empty(), Optional.of(Duration.ofSeconds(2)), ClaimRequest.NOTHING)));

        keeper.drain("agents", true);
        keeper.release(lease.id(), "alice", false);

        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOfSatisfying(LeaseRejectedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.DRAINED));
        until(() -> host.guests.isEmpty());
    }

    @Test
    void whereNoneIsReadyAPoolDoesAsItSays() {
        declare(PoolTemplates.spec(0, 1, OnEmpty.FAIL));

        assertThatThrownBy(() -> acquire("alice", ""))
                .isInstanceOfSatisfying(LeaseRejectedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.NONE_READY));
        host.patterns.set(0, PoolTemplates.pattern("agents", PoolTemplates.spec(0, 1, OnEmpty.COLD)));
        keeper.look();
        until(() -> status().spec().onEmpty() == OnEmpty.COLD);
        assertThat(acquire("alice", "").warm()).isFalse();
    }

    @Test
    void aChangedPatternReachesAllButTheGuestsInUse() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        until(() -> status().ready() == 2);
        var earlier = status().slots().getFirst().digest();

        host.patterns.set(0, PoolTemplates.pattern("agents", PoolTemplates.spec(2, 4, OnEmpty.WAIT), "1024"));
        keeper.look();

        until(() -> status().ready() == 2
                && status().outdated() == 1
                && status().slots().size() == 3);
        assertThat(host.guest(lease.slot().name()).left).hasValue("hers");
        keeper.release(lease.id(), "alice", false);
        until(() -> status().outdated() == 0 && status().leased() == 0);
        assertThat(status().slots()).noneMatch(slot -> slot.digest().equals(earlier));
    }

    @Test
    void aDrainedPoolLendsNothingAndEmpties() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        keeper.drain("agents", true);

        until(() -> status().slots().size() == 1);
        assertThatThrownBy(() -> acquire("bob", ""))
                .isInstanceOfSatisfying(LeaseRejectedException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(Reason.DRAINED));
        keeper.release(lease.id(), "alice", false);
        until(() -> host.guests.isEmpty());
        keeper.drain("agents", false);
        until(() -> status().ready() == 2);
    }

    @Test
    void aPoolThatIsDeclaredNoMoreLeavesNothing() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        host.patterns.clear();
        keeper.look();

        until(() -> host.guests.size() == 1);
        keeper.release(lease.id(), "alice", false);
        until(() -> host.guests.isEmpty());
    }

    @Test
    void aGuestThatEndsTakesItsLeaseWithIt() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        host.kill(lease.slot().name());

        until(() -> store.lease(lease.id()).orElseThrow().ending().isPresent());
        assertThat(store.lease(lease.id()).orElseThrow().ending()).contains(LeaseEndReason.LOST);
        assertThat(acquire("bob", "").lease().incarnation()).isNotEqualTo(lease.incarnation());
    }

    @Test
    void aKeeperThatIsKilledLosesNoLeaseAndTrustsNoOtherGuest() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();
        until(() -> status().ready() == 2);
        host.guests.values().stream()
                .filter(guest -> !guest.mark.slot().equals(lease.slot()))
                .forEach(guest -> guest.left.set("who knows whose"));

        killAndReopen("boot");

        until(() -> status().ready() == 2);
        assertThat(keeper.leases(Optional.of("alice"))).extracting("id").containsExactly(lease.id());
        assertThat(acquire("bob", "").lease().slot()).isNotEqualTo(lease.slot());
        assertThat(host.guests.values())
                .filteredOn(guest -> !guest.mark.slot().equals(lease.slot()))
                .allSatisfy(guest -> assertThat(guest.left).hasValue(""));
    }

    @Test
    void nothingOutlivesAnotherStartOfTheMachine() {
        declare(PoolTemplates.spec(1, 2, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        killAndReopen("another boot");

        assertThat(store.lease(lease.id()).orElseThrow().ending()).contains(LeaseEndReason.LOST);
        until(() -> status().ready() == 1 && status().slots().size() == host.guests.size());
    }

    @Test
    void aGuestThatNobodyKnowsIsRemoved() {
        declare(PoolTemplates.spec(1, 2, OnEmpty.WAIT));
        until(() -> status().ready() == 1);
        var pattern = host.patterns.getFirst();
        host.make(pattern, pattern.slot(7), "unknown");

        until(() -> !host.guests.containsKey("agents-7"));
        assertThat(keeper.events().after(0)).anyMatch(event -> event.what().equals("guest.orphan"));
    }
}
