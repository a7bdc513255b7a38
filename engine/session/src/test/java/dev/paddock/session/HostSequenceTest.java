package dev.paddock.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.rollout.Rollout;
import dev.paddock.session.HostResult.Status;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HostSequenceTest {
    private static final List<InventoryHost> HOSTS = List.of("a", "b", "c", "d").stream()
            .map(name -> new InventoryHost(name, "test:///" + name))
            .toList();

    private static List<String> run(Rollout rollout, int threads, Set<String> failing) {
        var plans = HOSTS.stream()
                .map(host -> new HostPlan(host, List.of(), List.of()))
                .toList();
        return new HostSequence(rollout, new HostThreads(threads))
                        .run(
                                plans,
                                () -> false,
                                plan -> HostResult.without(
                                        plan, failing.contains(plan.host().name()) ? Status.FAILED : Status.OK))
                        .stream()
                        .map(result -> result.plan().host().name() + " "
                                + result.status().text())
                        .toList();
    }

    private static Rollout.Batch batch(int from, int to) {
        return new Rollout.Batch(HOSTS.subList(from, to), true);
    }

    @Test
    void aFailedHostStopsNoOther() {
        assertThat(run(Rollout.together(HOSTS), 4, Set.of("b"))).containsExactly("a ok", "b failed", "c ok", "d ok");
    }

    @Test
    void noHostIsBegunOnceTooManyHaveFailed() {
        var rollout = new Rollout(Rollout.together(HOSTS).batches(), OptionalInt.of(1));

        assertThat(run(rollout, 1, Set.of("a"))).containsExactly("a failed", "b ok", "c ok", "d ok");
        assertThat(run(rollout, 1, Set.of("a", "b")))
                .containsExactly("a failed", "b failed", "c not begun", "d not begun");
    }

    @Test
    void aBatchThatFailsAsAWholeIsTheLast() {
        var rollout = new Rollout(List.of(batch(0, 1), batch(1, 3), batch(3, 4)), OptionalInt.empty());

        assertThat(run(rollout, 4, Set.of("b"))).containsExactly("a ok", "b failed", "c ok", "d ok");
        assertThat(run(rollout, 4, Set.of("b", "c"))).containsExactly("a ok", "b failed", "c failed", "d not begun");
        assertThat(run(rollout, 4, Set.of("a")))
                .containsExactly("a failed", "b not begun", "c not begun", "d not begun");
    }

    @Test
    void theHostsOfABatchAreChangedTogether() {
        var together = new CountDownLatch(HOSTS.size());

        var met = new HostThreads(HOSTS.size()).map(HOSTS, host -> {
            together.countDown();
            try {
                return together.await(5, TimeUnit.MINUTES);
            } catch (InterruptedException interruption) {
                throw new IllegalStateException(interruption);
            }
        });

        assertThat(met).containsExactly(true, true, true, true);
    }
}
