package dev.paddock.cli.resource;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.cli.console.AnsiStyle;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Operation;
import dev.paddock.core.plan.PlanStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats a plan for people. */
final class PlanText {
    private final AnsiStyle paint;
    private final Optional<ResourceId> ledger;
    private final StringBuilder text = new StringBuilder();

    private PlanText(AnsiStyle paint, Optional<ResourceId> ledger) {
        this.paint = paint;
        this.ledger = ledger;
    }

    /**
     * Return the plans as text.
     *
     * @param names the addresses of the host names in filters
     * @param ledger the object that stores Paddock's records
     */
    static String of(
            List<HostPlan> plans, Map<String, List<String>> names, Optional<ResourceId> ledger, AnsiStyle paint) {
        var text = new PlanText(paint, ledger);
        plans.forEach(plan -> text.host(plan, plans.size() > 1));
        text.names(names);
        text.line(summary(plans));
        return text.text.toString();
    }

    /** Return the summary line, with the number of changes. */
    static String summary(List<HostPlan> plans) {
        var add = count(plans, Operation.CREATE);
        var adopt = count(plans, Operation.ADOPT);
        var change = count(plans, Operation.UPDATE, Operation.RESTART);
        var replace = count(plans, Operation.REPLACE);
        var destroy = count(plans, Operation.DELETE);
        if (add + adopt + change + replace + destroy == 0) {
            return plans.stream().anyMatch(HostPlan::hasErrors)
                    ? "Nothing can be planned until the errors are fixed."
                    : "No changes. Your infrastructure matches the configuration.";
        }
        var costs = java.util.Arrays.stream(Cost.values())
                .map(cost -> new Counted(
                        plans.stream().mapToLong(plan -> plan.updates(cost)).sum(), cost.label()))
                .filter(counted -> counted.count() > 0)
                .map(counted -> counted.count() + " " + counted.label())
                .collect(Collectors.joining(", "));
        return "Plan: " + add + " to add, "
                + (adopt > 0 ? adopt + " to adopt, " : "")
                + change + " to change" + (costs.isEmpty() ? "" : " (" + costs + ")")
                + ", " + replace + " to replace, " + destroy + " to destroy.";
    }

    private record Counted(long count, String label) {}

    private static long count(List<HostPlan> plans, Operation... operations) {
        return plans.stream().mapToLong(plan -> plan.count(operations)).sum();
    }

    private void host(HostPlan plan, boolean named) {
        if (named && !plan.isEmpty()) {
            line(paint.bold("Host " + plan.host().name() + " (" + plan.host().uri() + ")"));
            line("");
        }
        plan.work().forEach(this::step);
        plan.steps().stream().filter(step -> !step.pending().isEmpty()).forEach(this::pending);
    }

    private void names(Map<String, List<String>> names) {
        if (names.isEmpty()) {
            return;
        }
        line(paint.bold("  # names, as they resolve now"));
        names.forEach((name, addresses) -> line("      " + name + " = " + String.join(", ", addresses)));
        line("");
    }

    private void step(PlanStep step) {
        var place = "  " + paint.dim(step.place().map(SourceLocation::toString).orElseGet(() -> origin(step)));
        line(paint.bold("  # " + step.id() + " " + step.operation().phrase()) + place);
        line("  " + colored(step.operation(), step.operation().symbol()) + " " + step.id());
        if (step.operation() == Operation.CREATE) {
            created(step);
        }
        step.changes().forEach(this::change);
        if (!step.interrupts().isEmpty()) {
            var guests = step.interrupts().stream()
                    .map(guest -> guest.domain() + " (" + guest.mac() + ")")
                    .distinct()
                    .collect(Collectors.joining(", "));
            line("      "
                    + paint.yellow("interrupts: " + guests
                            + (step.operation() == Operation.DELETE ? "" : "; they are plugged in again")));
        }
        line("");
    }

    private String origin(PlanStep step) {
        return ledger.filter(step.id()::equals).isPresent() ? "paddock's own record" : "declared no more";
    }

    private void created(PlanStep step) {
        for (var action : step.actions()) {
            switch (action) {
                case Action.Define define ->
                    step.document()
                            .ifPresent(xml -> xml.lines().forEach(row -> line("      " + paint.green("+ ") + row)));
                case Action.SetAutostart autostart ->
                    line("      " + paint.green("+ ") + "autostart: " + (autostart.enabled() ? "yes" : "no"));
                case Action.Start start -> line("      " + paint.green("+ ") + "state: active");
                case Action.Undefine undefine -> {}
                case Action.Build build -> {}
                case Action.Resize resize -> {}
                case Action.Provide provide ->
                    line("      " + paint.green("+ ") + provide.image().source().phrase());
                case Action.Stop stop -> {}
                case Action.UpdateNetwork update -> {}
                case Action.Replug replug -> {}
                case Action.AwaitReady ready ->
                    line("      " + paint.green("+ ") + "ready: "
                            + String.join(", ", ready.wanted().parts()) + ", within "
                            + ready.wanted().patience().toSeconds() + " seconds");
                case Action.StartPaused start -> line("      " + paint.green("+ ") + "state: paused");
                case Action.SetMetadata metadata -> {}
                case Action.Guest guest -> {}
            }
        }
    }

    private void pending(PlanStep step) {
        var loses = step.pending().stream().anyMatch(change -> change.cost() == Cost.LOSS);
        line(paint.bold("  # " + step.id()
                + (loses ? " keeps its data, and stays as it was made" : " is defined, and waits for its next start")));
        step.pending().forEach(this::change);
        line("");
    }

    private void change(Change change) {
        var cost = change.cost() == Cost.LIVE ? paint.dim("(live)") : paint.yellow("(" + costOf(change) + ")");
        line("      " + ChangeText.of(change, paint) + "  " + cost);
    }

    private static String costOf(Change change) {
        return change.why().isEmpty()
                ? change.cost().label()
                : change.cost().label() + ": " + change.why().replaceFirst("\\.$", "");
    }

    private String colored(Operation operation, String symbol) {
        return switch (operation) {
            case NONE -> symbol;
            case CREATE -> paint.green(symbol);
            case ADOPT, UPDATE -> paint.yellow(symbol);
            case RESTART, REPLACE, DELETE -> paint.red(symbol);
        };
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
