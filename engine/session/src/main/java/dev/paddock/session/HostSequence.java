package dev.paddock.session;

import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.rollout.Rollout;
import dev.paddock.session.HostResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Applies plans batch by batch, and begins no other host once too many have failed. */
final class HostSequence {
    private final Rollout rollout;
    private final HostThreads threads;
    private final AtomicInteger failures = new AtomicInteger();
    private boolean stopped;

    HostSequence(Rollout rollout, HostThreads threads) {
        this.rollout = rollout;
        this.threads = threads;
    }

    /**
     * Return the results, in the order of the batches.
     *
     * @param interrupted whether the user has interrupted the run
     */
    List<HostResult> run(List<HostPlan> plans, BooleanSupplier interrupted, Function<HostPlan, HostResult> work) {
        List<HostResult> results = new ArrayList<>();
        for (var batch : rollout.batches()) {
            var own = plans.stream()
                    .filter(plan -> batch.hosts().contains(plan.host()))
                    .toList();
            var done = threads.map(own, plan -> result(plan, interrupted, work));
            results.addAll(done);
            if (batch.serial() && !done.isEmpty() && done.stream().allMatch(HostResult::isFailure)) {
                stopped = true;
            }
        }
        return results;
    }

    private HostResult result(HostPlan plan, BooleanSupplier interrupted, Function<HostPlan, HostResult> work) {
        if (stopped || isExceeded()) {
            return HostResult.without(plan, Status.NOT_BEGUN);
        }
        var result = work.apply(plan);
        if (result.isFailure() && !interrupted.getAsBoolean()) {
            failures.incrementAndGet();
        }
        return result;
    }

    private boolean isExceeded() {
        return rollout.maxFailures().isPresent()
                && failures.get() > rollout.maxFailures().getAsInt();
    }
}
