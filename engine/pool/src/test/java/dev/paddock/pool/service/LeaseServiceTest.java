package dev.paddock.pool.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.pool.event.EventLog;
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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the lease service with stand-ins for guests. */
@Timeout(60)
class LeaseServiceTest {
    @TempDir
    Path folder;

    private final StandInHost host = new StandInHost(1, 0);
    private final AdvanceableClock time = new AdvanceableClock();
    private LeaseService service;
    private LeaseStore store;

    @BeforeEach
    void setUp() {
        open("boot");
    }

    @AfterEach
    void tearDown() {
        service.close();
        store.close();
    }

    private void open(String boot) {
        var clock = time.poolClock();
        store = LeaseStore.open(folder.resolve("leases"), boot, clock::millis);
        service = new LeaseService(
                store, host.forNewServer(), clock, new EventLog(clock, event -> {}), new PoolMetrics());
        service.start();
    }

    private void declare(PoolSpec spec) {
        host.templates.add(PoolTemplates.template("agents", spec));
        service.requestRefresh();
        until(() -> !service.status().isEmpty());
    }

    /** A server that is killed finishes nothing. */
    private void killAndReopen(String boot) {
        var dead = service;
        store.close();
        open(boot);
        dead.close();
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** Wait for the end of a reconciliation cycle that starts after this call. */
    private void completeCycle() {
        // The first refresh may belong to a cycle that already runs; the third one starts when the second cycle is
        // over.
        for (var refresh = 0; refresh < 3; refresh++) {
            var earlier = host.refreshes.get();
            service.requestRefresh();
            until(() -> host.refreshes.get() > earlier);
        }
    }

    private PoolStatus status() {
        return Optional.ofNullable(service.status().get("agents")).orElseThrow(() -> new AssertionError("no pool"));
    }

    private AcquireResult acquire(String owner, String request) {
        return service.acquire(
                new AcquireRequest("agents", owner, request, Optional.empty(), Optional.empty(), ClaimRequest.NOTHING));
    }

    @Test
    void thePoolKeepsItsWarmGuestsReady() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));

        until(() -> status().ready() == 2);
        var lease = acquire("alice", "").lease();
        until(() -> status().ready() == 2);

        assertThat(status().leased()).isEqualTo(1);
        service.release(lease.id(), "alice", false);
        // A surplus guest is kept for a while, as it is likely to be needed again.
        until(() -> status().leased() == 0 && status().ready() == 3);
        assertThat(host.made.get() + host.copied.get()).isEqualTo(3);
        time.advance(Duration.ofMinutes(6));
        until(() -> status().ready() == 2 && status().slots().size() == 2);
    }

    @Test
    void aRepeatedRequestGetsTheSameLease() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));

        var first = acquire("alice", "build-7");
        var second = acquire("alice", "build-7");

        assertThat(second.repeated()).isTrue();
        assertThat(second.lease().id()).isEqualTo(first.lease().id());
        assertThat(acquire("bob", "build-7").lease().id())
                .isNotEqualTo(first.lease().id());
        service.release(first.lease().id(), "alice", false);
        assertThatThrownBy(() -> acquire("alice", "build-7"))
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.ENDED));
    }

    @Test
    void onlyTheOwnerAndRootUseALease() {
        declare(PoolTemplates.spec(1, 2, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        assertThatThrownBy(() -> service.release(lease.id(), "bob", false))
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.NOT_YOURS));
        service.release(lease.id(), LeaseService.ROOT, false);
        assertThatThrownBy(() -> service.extend(lease.id(), "alice", Optional.empty()))
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.ENDED));
    }

    @Test
    void nobodyGetsAGuestBeforeItsResultsAreCopied() throws Exception {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        host.collecting = new CountDownLatch(1);

        var results = CompletableFuture.supplyAsync(() -> service.release(lease.id(), "alice", false));
        until(() -> host.copying.get() == 1);
        time.advance(Duration.ofHours(1));
        completeCycle();
        assertThat(host.copying).hasValue(1);
        assertThat(status().leased()).isEqualTo(1);
        assertThat(host.guest(lease.slot().name()).left).hasValue("hers");
        host.collecting.countDown();

        assertThat(results.get().folder()).contains("hers");
        assertThat(acquire("bob", "").lease().slot()).isEqualTo(lease.slot());
        assertThat(host.guest(lease.slot().name()).left).hasValue("");
    }

    @Test
    void aLeaseExpires() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        time.advance(Duration.ofMinutes(29));
        var longer = service.extend(lease.id(), "alice", Optional.of(Duration.ofHours(9)));
        assertThat(longer.until()).isEqualTo(lease.limit());
        time.advance(Duration.ofHours(4));

        until(() -> store.lease(lease.id()).orElseThrow().endReason().isPresent());
        assertThat(store.lease(lease.id()).orElseThrow().endReason()).contains(LeaseEndReason.EXPIRED);
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
        time.advance(Duration.ofHours(5));
        until(() -> !store.lease(expiring.id()).orElseThrow().isOpen());

        assertThat(store.lease(dying.id()).orElseThrow().endReason()).contains(LeaseEndReason.LOST);
        assertThat(service.release(dying.id(), "alice", false).folder()).contains("of the one that dies");
        assertThat(service.release(expiring.id(), "alice", false).folder()).contains("of the one that expires");
        until(() -> status().ready() == 2);
    }

    @Test
    void resultsSurviveAServerThatIsKilledWhileItCopiesThem() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        host.collecting = new CountDownLatch(1);
        var dying = service;
        var unanswered = CompletableFuture.supplyAsync(() -> dying.release(lease.id(), "alice", false));
        until(() -> host.copying.get() == 1);

        killAndReopen("boot");
        host.collecting.countDown();

        assertThat(service.release(lease.id(), "alice", false).folder()).contains("hers");
        assertThat(service.release(lease.id(), "alice", false).folder()).contains("hers");
        assertThatThrownBy(unanswered::join).hasCauseInstanceOf(StoreException.class);
        assertThat(store.lease(lease.id()).orElseThrow().endReason()).contains(LeaseEndReason.RELEASED);
    }

    @Test
    void aGuestIsKeptWhenItsResultsCannotBe() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT, OptionalLong.of(1 << 20)));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        host.isFull = true;

        assertThatThrownBy(() -> service.release(lease.id(), "alice", false))
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.RESULTS_NOT_KEPT));
        assertThat(store.lease(lease.id()).orElseThrow().isOpen()).isTrue();
        assertThat(host.guest(lease.slot().name()).left).hasValue("hers");

        assertThat(service.release(lease.id(), "alice", true).folder()).isEmpty();
        var next = acquire("alice", "").lease();
        time.advance(Duration.ofHours(5));
        until(() -> !store.lease(next.id()).orElseThrow().isOpen());
        assertThat(store.lease(next.id()).orElseThrow().endReason()).contains(LeaseEndReason.EXPIRED);
    }

    @Test
    void aRequestThatWaitsForAPoolThatIsDrainedMeanwhileIsRejected() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();
        var waiting = CompletableFuture.supplyAsync(() -> service.acquire(new AcquireRequest(
                "agents", "bob", "", Optional.empty(), Optional.of(Duration.ofSeconds(2)), ClaimRequest.NOTHING)));

        service.setDrained("agents", true);
        service.release(lease.id(), "alice", false);

        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.DRAINED));
        until(() -> host.guests.isEmpty());
    }

    @Test
    void whenNoGuestIsReadyThePoolDecidesWhatHappens() {
        declare(PoolTemplates.spec(0, 1, OnEmpty.FAIL));

        assertThatThrownBy(() -> acquire("alice", ""))
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.NONE_READY));
        host.templates.set(0, PoolTemplates.template("agents", PoolTemplates.spec(0, 1, OnEmpty.COLD)));
        service.requestRefresh();
        until(() -> status().spec().onEmpty() == OnEmpty.COLD);
        assertThat(acquire("alice", "").warm()).isFalse();
    }

    @Test
    void aPoolWithoutWarmGuestsBootsOneForARequestThatWaits() {
        declare(PoolTemplates.spec(0, 1, OnEmpty.WAIT));

        assertThat(acquire("alice", "").warm()).isFalse();
    }

    @Test
    void aChangedTemplateReachesAllGuestsExceptThoseInUse() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();
        host.guest(lease.slot().name()).left.set("hers");
        until(() -> status().ready() == 2);
        var earlier = status().slots().getFirst().digest();

        host.templates.set(0, PoolTemplates.template("agents", PoolTemplates.spec(2, 4, OnEmpty.WAIT), "1024"));
        service.requestRefresh();

        until(() -> status().ready() == 2
                && status().outdated() == 1
                && status().slots().size() == 3);
        assertThat(host.guest(lease.slot().name()).left).hasValue("hers");
        service.release(lease.id(), "alice", false);
        until(() -> status().outdated() == 0 && status().leased() == 0);
        assertThat(status().slots()).noneMatch(slot -> slot.digest().equals(earlier));
    }

    @Test
    void aDrainedPoolLeasesNothingAndEmpties() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        service.setDrained("agents", true);

        until(() -> status().slots().size() == 1);
        assertThatThrownBy(() -> acquire("bob", ""))
                .isInstanceOfSatisfying(LeaseRejectedException.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(Reason.DRAINED));
        service.release(lease.id(), "alice", false);
        until(() -> host.guests.isEmpty());
        service.setDrained("agents", false);
        until(() -> status().ready() == 2);
    }

    @Test
    void aPoolThatIsNoLongerDeclaredLeavesNothing() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        host.templates.clear();
        service.requestRefresh();

        until(() -> host.guests.size() == 1);
        service.release(lease.id(), "alice", false);
        until(() -> host.guests.isEmpty());
    }

    @Test
    void aLeaseEndsWithItsGuest() {
        declare(PoolTemplates.spec(1, 1, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        host.kill(lease.slot().name());

        until(() -> store.lease(lease.id()).orElseThrow().endReason().isPresent());
        assertThat(store.lease(lease.id()).orElseThrow().endReason()).contains(LeaseEndReason.LOST);
        assertThat(acquire("bob", "").lease().incarnation()).isNotEqualTo(lease.incarnation());
    }

    @Test
    void aServerThatIsKilledLosesNoLeaseAndTrustsNoOtherGuest() {
        declare(PoolTemplates.spec(2, 4, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();
        until(() -> status().ready() == 2);
        host.guests.values().stream()
                .filter(guest -> !guest.mark.slot().equals(lease.slot()))
                .forEach(guest -> guest.left.set("who knows whose"));

        killAndReopen("boot");

        until(() -> status().ready() == 2);
        assertThat(service.leases(Optional.of("alice"))).extracting("id").containsExactly(lease.id());
        assertThat(acquire("bob", "").lease().slot()).isNotEqualTo(lease.slot());
        assertThat(host.guests.values())
                .filteredOn(guest -> !guest.mark.slot().equals(lease.slot()))
                .allSatisfy(guest -> assertThat(guest.left).hasValue(""));
    }

    @Test
    void nothingSurvivesARebootOfTheMachine() {
        declare(PoolTemplates.spec(1, 2, OnEmpty.WAIT));
        var lease = acquire("alice", "").lease();

        killAndReopen("another boot");

        assertThat(store.lease(lease.id()).orElseThrow().endReason()).contains(LeaseEndReason.LOST);
        until(() -> status().ready() == 1 && status().slots().size() == host.guests.size());
    }

    @Test
    void anUnknownGuestOfAPoolIsRemoved() {
        declare(PoolTemplates.spec(1, 2, OnEmpty.WAIT));
        until(() -> status().ready() == 1);
        var template = host.templates.getFirst();
        host.make(template, template.slot(7), "unknown");

        until(() -> !host.guests.containsKey("agents-7"));
        assertThat(service.events().after(0)).anyMatch(event -> event.type().equals("guest.orphan"));
    }
}
