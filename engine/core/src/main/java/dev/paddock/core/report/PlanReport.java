package dev.paddock.core.report;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.step.Action;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Operation;
import dev.paddock.core.plan.PlanStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Converts plans into plain maps and lists for JSON. The format is versioned; fields are only ever added. */
public final class PlanReport {
    public static final String FORMAT = "1.0";

    private PlanReport() {}

    public static Map<String, Object> of(List<HostPlan> plans) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("format_version", FORMAT);
        report.put("changes", plans.stream().anyMatch(plan -> !plan.isEmpty()));
        report.put("errored", plans.stream().anyMatch(HostPlan::hasErrors));
        report.put("summary", summary(plans));
        report.put("hosts", plans.stream().map(PlanReport::host).toList());
        return report;
    }

    /** Return the report without documents and without the values in them. */
    public static Map<String, Object> withoutDocuments(List<HostPlan> plans) {
        return of(plans.stream().map(PlanReport::withoutDocuments).toList());
    }

    private static HostPlan withoutDocuments(HostPlan plan) {
        return new HostPlan(
                plan.host(),
                plan.steps().stream().map(PlanStep::withoutDocuments).toList(),
                plan.diagnostics());
    }

    /** Return the counts of the summary line. */
    public static Map<String, Object> summary(List<HostPlan> plans) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("add", count(plans, Operation.CREATE));
        summary.put("adopt", count(plans, Operation.ADOPT));
        summary.put("change", count(plans, Operation.UPDATE, Operation.RESTART));
        for (var cost : List.of(Cost.LIVE, Cost.NEXT_BOOT, Cost.RESTART, Cost.LOSS)) {
            summary.put(
                    "change_" + cost.name().toLowerCase(Locale.ROOT),
                    plans.stream().mapToLong(plan -> plan.updates(cost)).sum());
        }
        summary.put("replace", count(plans, Operation.REPLACE));
        summary.put("destroy", count(plans, Operation.DELETE));
        return summary;
    }

    private static long count(List<HostPlan> plans, Operation... operations) {
        return plans.stream().mapToLong(plan -> plan.count(operations)).sum();
    }

    private static Map<String, Object> host(HostPlan plan) {
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("name", plan.host().name());
        host.put("uri", plan.host().uri());
        host.put("resources", plan.steps().stream().map(PlanReport::step).toList());
        host.put(
                "diagnostics",
                plan.diagnostics().stream().map(PlanReport::diagnostic).toList());
        return host;
    }

    private static Map<String, Object> step(PlanStep step) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("address", step.id().toString());
        resource.put("kind", step.id().kind());
        resource.put("name", step.id().name());
        resource.put("operation", step.operation().name().toLowerCase(Locale.ROOT));
        if (step.operation().isChange()) {
            resource.put("cost", step.cost().label());
        }
        resource.put("changes", step.changes().stream().map(PlanReport::change).toList());
        if (step.operation() == Operation.CREATE) {
            created(step, resource);
        }
        if (!step.pending().isEmpty()) {
            resource.put(
                    "pending", step.pending().stream().map(PlanReport::change).toList());
        }
        if (!step.interrupts().isEmpty()) {
            resource.put(
                    "interrupts",
                    step.interrupts().stream()
                            .map(guest -> Map.<String, Object>of("domain", guest.domain(), "mac", guest.mac()))
                            .toList());
        }
        step.place().ifPresent(place -> resource.put("declared_at", place(place)));
        return resource;
    }

    private static void created(PlanStep step, Map<String, Object> resource) {
        for (var action : step.actions()) {
            switch (action) {
                case Action.Define define -> step.document().ifPresent(xml -> resource.put("document", xml));
                case Action.SetAutostart autostart -> resource.put("autostart", autostart.enabled());
                case Action.Start start -> resource.put("state", "active");
                case Action.Undefine undefine -> {}
                case Action.Build build -> {}
                case Action.Resize resize -> {}
                case Action.Provide provide ->
                    resource.put("source", provide.image().source().phrase());
                case Action.Stop stop -> {}
                case Action.UpdateNetwork update -> {}
                case Action.Replug replug -> {}
                case Action.AwaitReady ready ->
                    resource.put("ready", ready.wanted().parts());
                case Action.StartPaused start -> resource.put("state", "paused");
                case Action.SetMetadata metadata -> {}
                case Action.Guest guest -> {}
            }
        }
    }

    public static Map<String, Object> change(Change change) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("path", change.path());
        report.put("action", change.action().name().toLowerCase(Locale.ROOT));
        change.before().ifPresent(text -> report.put("before", text));
        change.after().ifPresent(text -> report.put("after", text));
        report.put("differs", change.extent().name().toLowerCase(Locale.ROOT));
        report.put("cost", change.cost().label());
        if (!change.why().isEmpty()) {
            report.put("why", change.why());
        }
        return report;
    }

    public static Map<String, Object> diagnostic(Diagnostic diagnostic) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        report.put("code", diagnostic.code().id());
        report.put("summary", diagnostic.code().summary());
        diagnostic.place().ifPresent(place -> report.put("place", place(place)));
        report.put("detail", diagnostic.detail());
        diagnostic.fix().ifPresent(fix -> report.put("fix", fix));
        return report;
    }

    private static Map<String, Object> place(SourceLocation place) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", place.file());
        report.put("line", place.line());
        report.put("column", place.column());
        return report;
    }
}
