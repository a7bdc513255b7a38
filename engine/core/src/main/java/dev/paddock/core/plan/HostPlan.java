package dev.paddock.core.plan;

import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.identity.Sha256;
import dev.paddock.core.resource.InventoryHost;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * What has to be done on one host.
 *
 * @param steps in an order in which they can be done one after the other; those that change nothing among them
 * @param diagnostics what stands in the way, and what there is to know; with an error among them nothing is done
 */
public record HostPlan(InventoryHost host, List<PlanStep> steps, List<Diagnostic> diagnostics) {
    public HostPlan {
        steps = List.copyOf(steps);
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /** Return the steps that do something. */
    public List<PlanStep> work() {
        return steps.stream().filter(step -> step.operation().isChange()).toList();
    }

    /**
     * Return the steps to carry out: those that do something, and those that only see whether what is as declared is also
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

    /** Return how many updates have this as their highest cost. */
    public long updates(Cost cost) {
        return steps.stream()
                .filter(step -> step.operation() == Operation.UPDATE || step.operation() == Operation.RESTART)
                .filter(step -> step.cost() == cost)
                .count();
    }

    /** Return a digest of all that would be done: two plans of the same digest do the same. */
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
