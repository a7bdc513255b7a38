package dev.paddock.core.apply;

import dev.paddock.core.plan.PlanStep;

/** Is told how an apply goes on, from several threads, one call at a time. */
public interface ApplyListener {
    void started(PlanStep step);

    /** Hear of a step that takes long, or did more than the least, in a sentence for people. */
    default void told(PlanStep step, String sentence) {}

    /** A step that takes long goes on, as {@link dev.paddock.api.host.ProgressListener} tells. */
    default void goesOn(PlanStep step, String what, long done, long of) {}

    void ended(StepOutcome outcome);
}
