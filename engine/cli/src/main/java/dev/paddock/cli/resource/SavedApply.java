package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.inventory.UriPrograms;
import dev.paddock.core.planfile.SavedPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies a saved plan: plans again, and continues only if the result equals the approved plan. */
final class SavedApply {
    private SavedApply() {}

    /** Return the saved command line with the consents of this one: whoever wrote the file cannot give them. */
    private static List<String> arguments(Invocation invocation, SavedPlan saved) {
        List<String> arguments = new ArrayList<>();
        for (var argument : saved.arguments()) {
            if (!argument.startsWith("--allow-files") && !argument.startsWith("--allow-programs")) {
                arguments.add(argument);
            }
        }
        List<String> consents = new ArrayList<>();
        invocation
                .values(PlaybookOptions.ALLOW_FILES)
                .forEach(folder -> consents.add(PlaybookOptions.ALLOW_FILES + "=" + folder));
        if (invocation.has(PlaybookOptions.ALLOW_PROGRAMS)) {
            consents.add(PlaybookOptions.ALLOW_PROGRAMS);
        }
        arguments.addAll(0, consents);
        return arguments;
    }

    private static void checkUri(Invocation invocation, Invocation original) throws CommandException {
        var started = original.globals().connect().flatMap(UriPrograms::in);
        if (started.isPresent() && !invocation.has(PlaybookOptions.ALLOW_PROGRAMS)) {
            throw CommandException.failure(Diagnostic.error(
                    Code.URI_STARTS_PROGRAM,
                    "The URI in the saved plan has " + started.get()
                            + ", by which libvirt can start a program on this machine.",
                    "If you trust the saved plan, apply it with --allow-programs."));
        }
    }

    static int run(Invocation invocation, SavedPlan saved, HostConnector hosts) throws CommandException {
        var original = invocation.again("plan", new PlanCommand(() -> hosts), arguments(invocation, saved));
        checkUri(invocation, original);
        var destroy = original.has("--destroy");
        var planning = PlaybookOptions.open(original, hosts, PlaybookOptions.options(original, destroy));
        var plans = planning.plans();
        Map<String, String> digests = new LinkedHashMap<>();
        plans.forEach(plan -> digests.put(plan.host().name(), plan.digest()));
        if (!digests.equals(saved.digest())) {
            throw CommandException.failure(Diagnostic.error(
                    Code.PLAN_STALE,
                    "Since the plan was saved, the host or the files have changed: what would be done now is something"
                            + " else than what was approved. Nothing was changed.",
                    "Plan again, look at it, and apply that."));
        }
        return new ApplySession(original, planning).runApproved(plans);
    }
}
