package dev.paddock.core.verify;

import dev.paddock.api.change.Change;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Holds what was done against what is left to do. */
public final class Verification {
    private Verification() {}

    /**
     * Return what libvirt did not keep, although it took it.
     *
     * @param outcomes what became of the plan that was applied
     * @param again the plan made anew, after it
     */
    public static List<Diagnostic> of(List<StepOutcome> outcomes, HostPlan again) {
        List<Diagnostic> found = new ArrayList<>();
        for (var outcome : outcomes) {
            if (outcome instanceof StepOutcome.Done done) {
                again.work().stream()
                        .filter(step -> step.id().equals(done.step().id()))
                        .map(Verification::notKept)
                        .forEach(found::add);
            }
        }
        again.diagnostics().stream().filter(Diagnostic::isError).forEach(found::add);
        return found;
    }

    private static Diagnostic notKept(PlanStep left) {
        var what = left.changes().isEmpty()
                ? "it " + left.operation().phrase()
                : left.changes().stream().map(Verification::difference).collect(Collectors.joining("; "));
        var detail = "libvirt accepted " + left.id() + ", but reading it back still shows a difference: " + what + ".";
        var fix = "libvirt ignores or rewrites this. Declare what it makes of it, or leave it out.";
        return left.place()
                .map(place -> Diagnostic.error(Code.NOT_KEPT, place, detail, fix))
                .orElseGet(() -> Diagnostic.error(Code.NOT_KEPT, detail, fix));
    }

    private static String difference(Change change) {
        return change.path() + ": "
                + change.before().map(text -> "'" + text + "'").orElse("nothing") + " instead of "
                + change.after().map(text -> "'" + text + "'").orElse("nothing");
    }
}
