package dev.paddock.session;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.core.apply.Applier;
import dev.paddock.core.apply.ApplyListener;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.verify.Verification;
import dev.paddock.session.HostResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Applies the plans of a session and verifies the result. */
public final class ApplyRun {
    private static final int WORKERS = 4;

    private final PlanSession session;
    private final Function<HostPlan, ApplyListener> listeners;
    private final BooleanSupplier cancelled;

    /**
     * @param listeners returns the receiver of the progress on a host; called from several threads
     * @param cancelled called before each step; once it is true, no step is started, and running ones are waited for
     */
    public ApplyRun(PlanSession session, Function<HostPlan, ApplyListener> listeners, BooleanSupplier cancelled) {
        this.session = session;
        this.listeners = listeners;
        this.cancelled = cancelled;
    }

    /** Return whether a plan says only that its host did not respond. */
    public static boolean isUnreached(HostPlan plan) {
        return plan.diagnostics().stream().anyMatch(HostFailure::isUnreachable);
    }

    /** Apply the plans, several at a time. A host that did not respond, or fails, does not hold up the others. */
    public ApplyResult apply(List<HostPlan> plans) {
        return new ApplyResult(
                new HostSequence(session.rollout(), session.threads()).run(plans, cancelled, this::apply));
    }

    private HostResult apply(HostPlan plan) {
        if (isUnreached(plan)) {
            return HostResult.without(plan, Status.UNREACHABLE);
        }
        if (plan.toCarryOut().isEmpty()) {
            return HostResult.without(plan, Status.OK);
        }
        try {
            var results = results(plan);
            var problems = problems(plan, results);
            var status = problems.stream().anyMatch(Diagnostic::isError) ? Status.FAILED : Status.OK;
            return new HostResult(plan, status, results, problems);
        } catch (HostException failure) {
            // Without a connection for writing, nothing of this host's plan is applied.
            List<StepOutcome> outcomes = new ArrayList<>();
            plan.work().forEach(step -> outcomes.add(new StepOutcome.Unstarted(step)));
            return new HostResult(plan, Status.FAILED, outcomes, List.of(HostFailure.of(failure, plan.host())));
        }
    }

    private List<StepOutcome> results(HostPlan plan) {
        var listener = listeners.apply(plan);
        try (var writer = session.hosts().writer(plan.host().uri())) {
            return new Applier(writer, WORKERS).apply(plan, listener, cancelled);
        }
    }

    /** Verify the result. A host that is gone by now cannot be read, and has been reported. */
    private List<Diagnostic> problems(HostPlan plan, List<StepOutcome> results) {
        List<Diagnostic> found = new ArrayList<>();
        List<String> unstarted = new ArrayList<>();
        for (var result : results) {
            switch (result) {
                case StepOutcome.Done done -> {}
                case StepOutcome.Failed failed -> found.add(failed.why());
                case StepOutcome.Skipped skipped -> found.add(skipped(skipped));
                case StepOutcome.Unstarted step ->
                    unstarted.add(step.step().id().toString());
            }
        }
        if (!unstarted.isEmpty()) {
            found.add(Diagnostic.error(
                    Code.INTERRUPTED,
                    "The run ended before these were begun: " + String.join(", ", unstarted) + ".",
                    "Apply again: what is done is not done twice."));
        }
        if (plan.isEmpty()) {
            return found;
        }
        var isLost = found.stream().anyMatch(problem -> problem.code() == Code.HOST_LOST);
        if (!isLost) {
            found.addAll(Verification.of(results, session.plan(plan.host())));
        }
        return found;
    }

    private static Diagnostic skipped(StepOutcome.Skipped outcome) {
        var step = outcome.step();
        var detail = step.id() + " was not touched: it needs " + outcome.because() + ", which could not be changed.";
        var fix = "Fix the first failure, and apply again.";
        return step.place()
                .map(place -> Diagnostic.error(Code.SKIPPED, place, detail, fix))
                .orElseGet(() -> Diagnostic.error(Code.SKIPPED, detail, fix));
    }
}
