package dev.paddock.pool.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.slot.ClaimRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which guests of a pool boot, and which are copied. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // All is opened before each test.
class GoldenPoolTest {
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

    private void declare(String memory, int warm, OnEmpty onEmpty) {
        host.templates.clear();
        host.templates.add(PoolTemplates.template("agents", PoolTemplates.spec(warm, 8, onEmpty), memory));
        service.requestRefresh();
    }

    private void awaitReady(int guests) {
        until(() -> Optional.ofNullable(service.status().get("agents"))
                .filter(status -> status.ready() == guests && status.outdated() == 0)
                .isPresent());
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private AcquireResult acquire() {
        return service.acquire(
                new AcquireRequest("agents", "alice", "", Optional.empty(), Optional.empty(), ClaimRequest.NOTHING));
    }

    @Test
    void oneGuestBootsAndAllOthersAreCopiedFromIt() {
        declare("512", 5, OnEmpty.WAIT);
        awaitReady(5);

        assertThat(host.made).hasValue(1);
        assertThat(host.copied).hasValue(4);
        acquire();
        awaitReady(5);
        assertThat(host.made).hasValue(1);
    }

    @Test
    void aRequestAtAnEmptyPoolGetsACopy() {
        declare("512", 1, OnEmpty.COLD);
        awaitReady(1);
        declare("512", 0, OnEmpty.COLD);
        acquire();

        assertThat(acquire().warm()).isFalse();

        assertThat(host.made).hasValue(1);
        assertThat(host.copied).hasValue(1);
    }

    @Test
    void aChangedTemplateHasAGoldenStateOfItsOwn() {
        declare("512", 3, OnEmpty.WAIT);
        awaitReady(3);

        declare("1024", 3, OnEmpty.WAIT);
        // The old ones count as ready until they are replaced.
        until(() -> host.made.get() == 2 && host.copied.get() == 4);

        assertThat(host.golden("agents").orElseThrow().digest())
                .isEqualTo(host.templates.getFirst().digest());
    }

    @Test
    void aNextServerCopiesFromWhatTheEarlierOneSaved() {
        declare("512", 1, OnEmpty.WAIT);
        awaitReady(1);
        close();
        open();

        declare("512", 3, OnEmpty.WAIT);
        awaitReady(3);

        assertThat(host.made).hasValue(1);
        assertThat(host.copied).hasValue(2);
    }

    @Test
    void whereNothingCanBeCopiedGuestsBootAndThePoolSaysWhy() {
        host.obstacle = "This host copies nothing.";
        declare("512", 3, OnEmpty.WAIT);
        awaitReady(3);

        assertThat(host.made).hasValue(3);
        assertThat(service.status().values()).singleElement().satisfies(status -> assertThat(status.boots())
                .contains("This host copies nothing."));
        assertThat(service.events().after(0))
                .anyMatch(event -> event.type().equals("golden.failed")
                        && event.details().containsValue("This host copies nothing."));
    }

    @Test
    void thePoolsThatAreGoneKeepNoGoldenState() {
        declare("512", 1, OnEmpty.WAIT);
        awaitReady(1);

        host.templates.clear();
        service.requestRefresh();

        until(() -> host.golden("agents").isEmpty());
    }
}
