package dev.paddock.cli.resource;

import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Installation;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.playbook.PlanSession;
import dev.paddock.core.apply.Applier;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Operation;
import dev.paddock.core.report.PlanReport;
import dev.paddock.core.verify.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Model.CommandSpec;

/** Asks for approval, applies plans, verifies and reports. */
final class ApplySession {
    private static final String AUTO_APPROVE = "--auto-approve";
    private static final String DESTROYS_DATA = "destroy data";
    private static final int WORKERS = 4;

    private final Invocation invocation;
    private final PlanSession planning;
    private final Console console;
    private final boolean json;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    ApplySession(Invocation invocation, PlanSession planning) {
        this.invocation = invocation;
        this.planning = planning;
        this.console = planning.console(invocation.console());
        this.json = invocation.globals().output() == Format.JSON;
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(OptionSpecs.flag("Do not ask before changing anything.", AUTO_APPROVE));
    }

    int run(List<HostPlan> plans) throws CommandException {
        // A host that does not respond does not hold up the others; an error in the playbooks does.
        var reached = plans.stream().filter(plan -> !isUnreached(plan)).toList();
        var hasErrors = reached.isEmpty() || reached.stream().anyMatch(HostPlan::hasErrors);
        if (!json || hasErrors) {
            PlanCommand.show(invocation, planning, plans);
        }
        if (hasErrors) {
            console.tell("Nothing was changed.");
            return PlanSession.exitCode(plans);
        }
        var isEmpty = plans.stream().allMatch(HostPlan::isEmpty);
        if (!isEmpty && !invocation.has(AUTO_APPROVE) && !isApproved(plans)) {
            console.tell("Not approved: nothing was changed.");
            return ExitCode.FAILURE;
        }
        return runApproved(plans);
    }

    private static boolean isUnreached(HostPlan plan) {
        return ExitCode.of(plan.diagnostics()) == ExitCode.UNREACHABLE;
    }

    /** Apply plans that the user has approved. */
    int runApproved(List<HostPlan> plans) throws CommandException {
        for (var purpose : ImagePackages.purposes(plans)) {
            Installation.require(purpose, invocation.globals().yes(), console);
        }
        return invocation.interruptible(() -> interrupted.set(true), () -> carryOut(plans));
    }

    private boolean isApproved(List<HostPlan> plans) throws CommandException {
        if (json) {
            throw CommandException.usage(
                    "A plan that is written as JSON cannot be approved at the terminal.",
                    "Run it with --auto-approve, or save the plan with paddock plan --out and apply that.");
        }
        if (!console.canAsk()) {
            throw CommandException.usage(
                    "There is nobody to approve the plan: standard input is not a terminal.",
                    "Run it with --auto-approve, or save the plan with paddock plan --out and apply that.");
        }
        var lost = plans.stream()
                .flatMap(plan -> plan.work().stream())
                .filter(step -> step.cost() == Cost.LOSS)
                .map(step -> step.id().toString())
                .toList();
        if (!lost.isEmpty()) {
            console.tell("This destroys the data of " + String.join(", ", lost) + ". Only '" + DESTROYS_DATA
                    + "' will be accepted to approve.");
            return console.ask("Enter a value: ").equals(DESTROYS_DATA);
        }
        console.tell("Do you want to perform these actions? Only 'yes' will be accepted to approve.");
        return console.ask("Enter a value: ").equals("yes");
    }

    private int carryOut(List<HostPlan> plans) {
        List<StepOutcome> outcomes = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        List<String> unreached = new ArrayList<>();
        for (var plan : plans) {
            if (isUnreached(plan)) {
                unreached.add(plan.host().name());
            } else if (!plan.toCarryOut().isEmpty()) {
                try {
                    var results = apply(plan, plans.size() > 1);
                    outcomes.addAll(results);
                    problems.addAll(judge(plan, results));
                } catch (HostException failure) {
                    // Without a connection for writing, nothing of this host's plan is applied.
                    plan.work().forEach(step -> outcomes.add(new StepOutcome.Unstarted(step)));
                    problems.add(CommandException.of(failure, plan.host()));
                }
            }
        }
        report(plans, outcomes, problems, unreached);
        if (interrupted.get()) {
            return ExitCode.INTERRUPTED;
        }
        return unreached.isEmpty() ? ExitCode.of(problems) : ExitCode.UNREACHABLE;
    }

    private List<StepOutcome> apply(HostPlan plan, boolean named) {
        var progress = new ApplyProgress(
                json ? line -> {} : console::tell,
                new ProgressBar(console, json),
                named ? plan.host().name() + ": " : "");
        try (var writer = planning.hosts().writer(plan.host().uri())) {
            return new Applier(writer, WORKERS).apply(plan, progress, interrupted::get);
        }
    }

    /** Verify the result. A host that is gone by now cannot be read, and has been reported. */
    private List<Diagnostic> judge(HostPlan plan, List<StepOutcome> results) {
        List<Diagnostic> problems = new ArrayList<>();
        List<String> unstartedSteps = new ArrayList<>();
        for (var result : results) {
            switch (result) {
                case StepOutcome.Done done -> {}
                case StepOutcome.Failed failed -> problems.add(failed.why());
                case StepOutcome.Skipped skipped -> problems.add(skipped(skipped));
                case StepOutcome.Unstarted unstarted ->
                    unstartedSteps.add(unstarted.step().id().toString());
            }
        }
        if (!unstartedSteps.isEmpty()) {
            problems.add(Diagnostic.error(
                    Code.INTERRUPTED,
                    "The run ended before these were begun: " + String.join(", ", unstartedSteps) + ".",
                    "Apply again: what is done is not done twice."));
        }
        if (plan.isEmpty()) {
            return problems;
        }
        var isLost = problems.stream().anyMatch(problem -> problem.code() == Code.HOST_LOST);
        if (!isLost) {
            problems.addAll(Verification.of(results, planning.plan(plan.host())));
        }
        return problems;
    }

    private static Diagnostic skipped(StepOutcome.Skipped outcome) {
        var step = outcome.step();
        var detail = step.id() + " was not touched: it needs " + outcome.because() + ", which could not be changed.";
        var fix = "Fix the first failure, and apply again.";
        return step.place()
                .map(place -> Diagnostic.error(Code.SKIPPED, place, detail, fix))
                .orElseGet(() -> Diagnostic.error(Code.SKIPPED, detail, fix));
    }

    private void report(
            List<HostPlan> plans, List<StepOutcome> outcomes, List<Diagnostic> problems, List<String> unreached) {
        var isComplete = problems.isEmpty() && unreached.isEmpty();
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("added", done(outcomes, Operation.CREATE));
        counts.put("adopted", done(outcomes, Operation.ADOPT));
        counts.put("changed", done(outcomes, Operation.UPDATE, Operation.RESTART));
        counts.put("replaced", done(outcomes, Operation.REPLACE));
        counts.put("destroyed", done(outcomes, Operation.DELETE));
        counts.put(
                "failed",
                outcomes.stream().filter(StepOutcome.Failed.class::isInstance).count());
        counts.put(
                "skipped",
                outcomes.stream()
                        .filter(outcome ->
                                outcome instanceof StepOutcome.Skipped || outcome instanceof StepOutcome.Unstarted)
                        .count());
        if (json) {
            var report = PlanReport.of(plans);
            report.put("applied", counts);
            report.put("complete", isComplete);
            report.put("unreached", unreached);
            report.put("problems", problems.stream().map(PlanReport::diagnostic).toList());
            console.printJson(report);
            return;
        }
        console.tell(problems);
        console.print((isComplete ? "Apply complete!" : "Apply incomplete.") + " Resources: "
                + counts.get("added") + " added, "
                + (counts.get("adopted").equals(0L) ? "" : counts.get("adopted") + " adopted, ")
                + counts.get("changed") + " changed, "
                + (counts.get("replaced").equals(0L) ? "" : counts.get("replaced") + " replaced, ")
                + counts.get("destroyed") + " destroyed"
                + (counts.get("failed").equals(0L) ? "" : ", " + counts.get("failed") + " failed")
                + (counts.get("skipped").equals(0L) ? "" : ", " + counts.get("skipped") + " skipped") + "."
                + (unreached.isEmpty() ? "" : " Not reached: " + String.join(", ", unreached) + "."));
    }

    private static long done(List<StepOutcome> outcomes, Operation... operations) {
        return outcomes.stream()
                .filter(StepOutcome.Done.class::isInstance)
                .filter(outcome -> List.of(operations).contains(outcome.step().operation()))
                .count();
    }
}
