package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.playbook.PlaybookOptions;
import dev.paddock.core.planfile.SavedPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Applies a saved plan: plans again, and continues only if the result equals the approved plan. */
final class SavedApply {
    private SavedApply() {}

    static int run(Invocation invocation, SavedPlan saved, HostConnector hosts) throws CommandException {
        var original = invocation.again("plan", new PlanCommand(() -> hosts), saved.arguments());
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
