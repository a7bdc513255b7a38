package dev.paddock.core.apply;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.plan.Step;

/** What became of a step. */
public sealed interface Outcome {
    Step step();

    /** All of its actions were carried out. */
    record Done(Step step) implements Outcome {}

    /** An action was refused, or the host was lost; what had been done was taken back where that was possible. */
    record Failed(Step step, Diagnostic why) implements Outcome {}

    /** It was not begun, because a step it needs did not succeed. */
    record Skipped(Step step, ResourceId because) implements Outcome {}

    /** It was not begun, because the run was interrupted or the host was lost. */
    record Unstarted(Step step) implements Outcome {}
}
