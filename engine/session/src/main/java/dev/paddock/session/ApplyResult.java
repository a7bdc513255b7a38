package dev.paddock.session;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.plan.Operation;
import java.util.List;

/**
 * The result of applying plans.
 *
 * @param outcomes of each step that does something, host by host in the order of the plans
 * @param problems what failed, was skipped, or was accepted by libvirt and not kept
 * @param unreached the names of hosts that did not respond when they were planned for
 */
public record ApplyResult(List<StepOutcome> outcomes, List<Diagnostic> problems, List<String> unreached) {
    public ApplyResult {
        outcomes = List.copyOf(outcomes);
        problems = List.copyOf(problems);
        unreached = List.copyOf(unreached);
    }

    /** Return whether all hosts are now as declared. */
    public boolean isComplete() {
        return problems.isEmpty() && unreached.isEmpty();
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
