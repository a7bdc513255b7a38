package dev.paddock.cli.resource;

import dev.paddock.core.apply.ApplyListener;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.plan.Operation;
import dev.paddock.core.plan.PlanStep;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Prints the progress of an apply line by line. */
final class ApplyProgress implements ApplyListener {
    private final Consumer<String> out;
    private final ProgressBar bar;
    private final String prefix;
    private final Map<PlanStep, Long> began = new HashMap<>();

    ApplyProgress(Consumer<String> out, ProgressBar bar, String prefix) {
        this.out = line -> {
            bar.clear();
            out.accept(line);
        };
        this.bar = bar;
        this.prefix = prefix;
    }

    @Override
    public void started(PlanStep step) {
        began.put(step, System.nanoTime());
        if (!step.operation().isChange()) {
            return;
        }
        out.accept(prefix + step.id() + ": " + doing(step.operation()) + "...");
    }

    @Override
    public void message(PlanStep step, String sentence) {
        out.accept(prefix + step.id() + ": " + sentence);
    }

    @Override
    public void progress(PlanStep step, String what, long done, long of) {
        bar.show(prefix + step.id(), what, done, of);
    }

    @Override
    public void ended(StepOutcome outcome) {
        var step = outcome.step();
        switch (outcome) {
            case StepOutcome.Done done when !step.operation().isChange() -> {}
            case StepOutcome.Done done ->
                out.accept(prefix + step.id() + ": " + done(step.operation()) + " complete after " + elapsed(step));
            case StepOutcome.Failed failed -> out.accept(prefix + step.id() + ": failed after " + elapsed(step));
            case StepOutcome.Skipped skipped ->
                out.accept(prefix + step.id() + ": skipped, as it needs " + skipped.because());
            case StepOutcome.Unstarted unstarted -> out.accept(prefix + step.id() + ": not begun");
        }
    }

    private String elapsed(PlanStep step) {
        var nanos = System.nanoTime() - began.getOrDefault(step, System.nanoTime());
        return "%.1fs".formatted(nanos / 1e9);
    }

    private static String doing(Operation operation) {
        return switch (operation) {
            case NONE -> "Looking";
            case CREATE -> "Creating";
            case ADOPT -> "Adopting";
            case UPDATE -> "Modifying";
            case RESTART -> "Modifying and restarting";
            case REPLACE -> "Replacing";
            case DELETE -> "Destroying";
        };
    }

    private static String done(Operation operation) {
        return switch (operation) {
            case NONE -> "Look";
            case CREATE -> "Creation";
            case ADOPT -> "Adoption";
            case UPDATE, RESTART -> "Modifications";
            case REPLACE -> "Replacement";
            case DELETE -> "Destruction";
        };
    }
}
