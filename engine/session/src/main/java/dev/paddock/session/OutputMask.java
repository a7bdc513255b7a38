package dev.paddock.session;

import dev.paddock.api.change.Change;
import dev.paddock.core.diff.SecretMask;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Masks a value on the host where the playbook has a secret: probably an earlier secret, which nothing else
 * distinguishes from other texts.
 */
final class OutputMask {
    private static final Optional<String> SHOWN = Optional.of(SecretMask.SHOWN);

    private final Predicate<String> holdsSecret;

    OutputMask(Predicate<String> holdsSecret) {
        this.holdsSecret = holdsSecret;
    }

    HostPlan hidden(HostPlan plan) {
        return new HostPlan(plan.host(), plan.steps().stream().map(this::hidden).toList(), plan.diagnostics());
    }

    private PlanStep hidden(PlanStep step) {
        return new PlanStep(
                step.id(),
                step.place(),
                step.operation(),
                hidden(step.changes()),
                hidden(step.pending()),
                step.actions(),
                step.document(),
                step.undo(),
                step.interrupts(),
                step.after());
    }

    private List<Change> hidden(List<Change> changes) {
        var patterns = changes.stream()
                .filter(change -> change.after().filter(holdsSecret).isPresent())
                .map(Change::pattern)
                .collect(Collectors.toSet());
        return changes.stream()
                .map(change -> isBelow(change.pattern(), patterns) ? hidden(change) : change)
                .toList();
    }

    private static boolean isBelow(String pattern, Set<String> patterns) {
        return patterns.stream().anyMatch(secret -> pattern.equals(secret) || pattern.startsWith(secret + "/"));
    }

    /** A path contains more than its pattern: the keys of list entries, one of which may be the secret. */
    private static Change hidden(Change change) {
        return new Change(
                change.pattern(),
                change.pattern(),
                change.action(),
                change.before().flatMap(text -> SHOWN),
                change.after().flatMap(text -> SHOWN),
                change.extent(),
                change.cost(),
                change.why());
    }
}
