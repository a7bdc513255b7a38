package dev.paddock.cli.resource;

import dev.paddock.api.change.Cost;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Installation;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.session.ApplyRun;
import dev.paddock.session.PlanSession;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Model.CommandSpec;

/** Asks for approval, applies plans, and reports. */
final class ApplySession {
    private static final String AUTO_APPROVE = "--auto-approve";
    private static final String DESTROYS_DATA = "destroy data";

    private final Invocation invocation;
    private final PlanSession planning;
    private final Console console;
    private final boolean json;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    ApplySession(Invocation invocation, PlanSession planning) {
        this.invocation = invocation;
        this.planning = planning;
        this.console = invocation.console().withSecrets(planning.secrets());
        this.json = invocation.globals().output() == Format.JSON;
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(OptionSpecs.flag("Do not ask before changing anything.", AUTO_APPROVE));
    }

    int run(List<HostPlan> plans) throws CommandException {
        // A host that does not respond does not hold up the others; an error in the playbooks does.
        var reached = plans.stream().filter(plan -> !ApplyRun.isUnreached(plan)).toList();
        var hasErrors = reached.isEmpty() || reached.stream().anyMatch(HostPlan::hasErrors);
        if (!json || hasErrors) {
            PlanCommand.show(invocation, planning, plans);
        }
        if (hasErrors) {
            console.tell("Nothing was changed.");
            return PlanCommand.exitCode(plans);
        }
        var isEmpty = plans.stream().allMatch(HostPlan::isEmpty);
        if (!isEmpty && !invocation.has(AUTO_APPROVE) && !isApproved(plans)) {
            console.tell("Not approved: nothing was changed.");
            return ExitCode.FAILURE;
        }
        return runApproved(plans);
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
        var isNamed = plans.size() > 1;
        // Several bars would share one line of the terminal.
        var silent = json || (isNamed && console.isTerminal(Console.Terminal.MESSAGES));
        var result = new ApplyRun(
                        planning, plan -> progress(isNamed ? plan.host().name() + ": " : "", silent), interrupted::get)
                .apply(plans);
        if (json) {
            console.printJson(ApplyReport.json(result));
        } else {
            ApplyReport.print(result, console);
        }
        if (interrupted.get()) {
            return ExitCode.INTERRUPTED;
        }
        return result.unreached().isEmpty() ? ExitCode.of(result.problems()) : ExitCode.UNREACHABLE;
    }

    private ApplyProgress progress(String prefix, boolean silent) {
        return new ApplyProgress(json ? line -> {} : console::tell, new ProgressBar(console, silent), prefix);
    }
}
