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

/** Compares what was applied with what a new plan still finds to do. */
public final class Verification {
    private Verification() {}

    /**
     * Return errors for changes that libvirt accepted, but did not keep.
     *
     * @param outcomes the outcomes of the applied plan
     * @param newPlan the plan made after the apply
     */
    public static List<Diagnostic> of(List<StepOutcome> outcomes, HostPlan newPlan) {
        List<Diagnostic> found = new ArrayList<>();
        for (var outcome : outcomes) {
            if (outcome instanceof StepOutcome.Done done) {
                newPlan.work().stream()
                        .filter(step -> step.id().equals(done.step().id()))
                        .map(Verification::notKept)
                        .forEach(found::add);
            }
        }
        newPlan.diagnostics().stream().filter(Diagnostic::isError).forEach(found::add);
        return found;
    }

    private static Diagnostic notKept(PlanStep step) {
        var what = step.changes().isEmpty()
                ? "it " + step.operation().phrase()
                : step.changes().stream().map(Verification::difference).collect(Collectors.joining("; "));
        var detail = "libvirt accepted " + step.id() + ", but reading it back still shows a difference: " + what + ".";
        var fix = "libvirt ignores or rewrites this. Declare what it makes of it, or leave it out.";
        return step.place()
                .map(location -> Diagnostic.error(Code.NOT_KEPT, location, detail, fix))
                .orElseGet(() -> Diagnostic.error(Code.NOT_KEPT, detail, fix));
    }

    private static String difference(Change change) {
        return change.path() + ": "
                + change.before().map(text -> "'" + text + "'").orElse("nothing") + " instead of "
                + change.after().map(text -> "'" + text + "'").orElse("nothing");
    }
}
