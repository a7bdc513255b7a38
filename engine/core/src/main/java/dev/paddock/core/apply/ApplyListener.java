package dev.paddock.core.apply;

import dev.paddock.core.plan.PlanStep;

/** Receives the progress of an apply, from several threads, one call at a time. */
public interface ApplyListener {
    void started(PlanStep step);

    /** Called with a sentence for users, when a step takes long or does more than usual. */
    default void message(PlanStep step, String sentence) {}

    /** Called with the progress of a long step, as in {@link dev.paddock.api.host.ProgressListener}. */
    default void progress(PlanStep step, String what, long done, long of) {}

    void ended(StepOutcome outcome);
}
