package dev.paddock.session;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Operation;
import java.util.List;
import java.util.Locale;

/**
 * What an apply did on one host.
 *
 * @param outcomes of each step that does something
 * @param problems what failed, was skipped, or was accepted by libvirt and not kept
 */
public record HostResult(HostPlan plan, Status status, List<StepOutcome> outcomes, List<Diagnostic> problems) {
    /** How it ended. */
    public enum Status {
        OK,
        FAILED,
        UNREACHABLE,
        NOT_BEGUN;

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public HostResult {
        outcomes = List.copyOf(outcomes);
        problems = List.copyOf(problems);
    }

    /** Return the result for a host on which nothing was done. */
    static HostResult without(HostPlan plan, Status status) {
        return new HostResult(plan, status, List.of(), List.of());
    }

    boolean isFailure() {
        return status == Status.FAILED || status == Status.UNREACHABLE;
    }

    /** Return the number of completed steps with one of these operations. */
    public long done(Operation... operations) {
        return outcomes.stream()
                .filter(StepOutcome.Done.class::isInstance)
                .filter(outcome -> List.of(operations).contains(outcome.step().operation()))
                .count();
    }

    public long failed() {
        return outcomes.stream().filter(StepOutcome.Failed.class::isInstance).count();
    }

    /** Return the number of steps that were not started, because of another one or the end of the run. */
    public long skipped() {
        return outcomes.stream()
                .filter(outcome -> outcome instanceof StepOutcome.Skipped || outcome instanceof StepOutcome.Unstarted)
                .count();
    }
}
