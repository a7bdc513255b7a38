package dev.paddock.core.apply;

import dev.paddock.core.plan.Step;

/** Is told how an apply goes on, from several threads, one call at a time. */
public interface ApplyListener {
    void started(Step step);

    void ended(Outcome outcome);
}
