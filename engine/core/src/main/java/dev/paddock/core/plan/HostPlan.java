package dev.paddock.core.plan;

import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.identity.Sha256;
import dev.paddock.core.resource.InventoryHost;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The plan for one host.
 *
 * @param steps in an order in which they can be applied one after the other; includes steps that change nothing
 * @param diagnostics errors and warnings; a plan with errors is not applied
 */
public record HostPlan(InventoryHost host, List<PlanStep> steps, List<Diagnostic> diagnostics) {
    public HostPlan {
        steps = List.copyOf(steps);
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /** Return the steps that change something. */
    public List<PlanStep> work() {
        return steps.stream().filter(step -> step.operation().isChange()).toList();
    }

    /**
     * Return the steps to apply: those that change something, and those that only check whether an unchanged object is
     * ready.
     */
    public List<PlanStep> toCarryOut() {
        return steps.stream()
                .filter(step -> step.operation().isChange() || !step.actions().isEmpty())
                .toList();
    }

    public boolean isEmpty() {
        return work().isEmpty();
    }

    public long count(Operation... operations) {
        return steps.stream()
                .filter(step -> List.of(operations).contains(step.operation()))
                .count();
    }

    /** Return the number of updates with this as their highest cost. */
    public long updates(Cost cost) {
        return steps.stream()
                .filter(step -> step.operation() == Operation.UPDATE || step.operation() == Operation.RESTART)
                .filter(step -> step.cost() == cost)
                .count();
    }

    /** Return a digest of everything the plan does: two plans of the same digest do the same. */
    public String digest() {
        var sha256 = Sha256.begin();
        sha256.update(host.toString().getBytes(StandardCharsets.UTF_8));
        for (var step : work()) {
            sha256.update(step.id().toString().getBytes(StandardCharsets.UTF_8));
            sha256.update(step.changes().toString().getBytes(StandardCharsets.UTF_8));
            sha256.update(step.actions().toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
