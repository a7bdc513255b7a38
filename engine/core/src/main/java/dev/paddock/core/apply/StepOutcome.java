package dev.paddock.core.apply;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.plan.PlanStep;

/** The outcome of a step. */
public sealed interface StepOutcome {
    PlanStep step();

    /** All of its actions were carried out. */
    record Done(PlanStep step) implements StepOutcome {}

    /** An action failed, or the host was lost; earlier actions were undone where possible. */
    record Failed(PlanStep step, Diagnostic why) implements StepOutcome {}

    /** It was not started, because a step it needs did not succeed. */
    record Skipped(PlanStep step, ResourceId because) implements StepOutcome {}

    /** It was not started, because the run was interrupted or the host was lost. */
    record Unstarted(PlanStep step) implements StepOutcome {}
}
