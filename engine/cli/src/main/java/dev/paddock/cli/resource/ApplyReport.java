package dev.paddock.cli.resource;

import dev.paddock.cli.console.Console;
import dev.paddock.core.plan.Operation;
import dev.paddock.core.report.PlanReport;
import dev.paddock.session.ApplyResult;
import dev.paddock.session.HostResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The end of an apply: what was done, on each host and in all. */
final class ApplyReport {
    private ApplyReport() {}

    static Map<String, Object> json(ApplyResult result) {
        var report = PlanReport.of(result.hosts().stream().map(HostResult::plan).toList());
        report.put("applied", counts(result.hosts()));
        report.put("complete", result.isComplete());
        report.put("unreached", result.unreached());
        List<Object> recap = new ArrayList<>();
        for (var host : result.hosts()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("host", host.plan().host().name());
            line.put("status", host.status().text());
            line.put("applied", counts(List.of(host)));
            recap.add(line);
        }
        report.put("recap", recap);
        report.put(
                "problems",
                result.problems().stream().map(PlanReport::diagnostic).toList());
        return report;
    }

    static void print(ApplyResult result, Console console) {
        console.tell(result.problems());
        if (result.hosts().size() > 1) {
            recap(result.hosts()).forEach(console::print);
        }
        console.print((result.isComplete() ? "Apply complete!" : "Apply incomplete.") + " Resources: "
                + text(result.hosts()) + "."
                + (result.unreached().isEmpty() ? "" : " Not reached: " + String.join(", ", result.unreached()) + "."));
    }

    private static List<String> recap(List<HostResult> hosts) {
        var names = width(hosts.stream().map(ApplyReport::name).toList());
        var states = width(hosts.stream().map(host -> host.status().text()).toList());
        return hosts.stream()
                .map(host -> pad(name(host), names) + "  "
                        + switch (host.status()) {
                            case OK, FAILED -> pad(host.status().text(), states) + "  " + text(List.of(host));
                            case UNREACHABLE, NOT_BEGUN -> host.status().text();
                        })
                .toList();
    }

    private static String name(HostResult host) {
        return host.plan().host().name();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static Map<String, Object> counts(List<HostResult> hosts) {
        var result = new ApplyResult(hosts);
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("added", result.done(Operation.CREATE));
        counts.put("adopted", result.done(Operation.ADOPT));
        counts.put("changed", result.done(Operation.UPDATE, Operation.RESTART));
        counts.put("replaced", result.done(Operation.REPLACE));
        counts.put("destroyed", result.done(Operation.DELETE));
        counts.put("failed", result.failed());
        counts.put("skipped", result.skipped());
        return counts;
    }

    private static String text(List<HostResult> hosts) {
        var result = new ApplyResult(hosts);
        var adopted = result.done(Operation.ADOPT);
        var replaced = result.done(Operation.REPLACE);
        return result.done(Operation.CREATE) + " added, "
                + (adopted == 0 ? "" : adopted + " adopted, ")
                + result.done(Operation.UPDATE, Operation.RESTART) + " changed, "
                + (replaced == 0 ? "" : replaced + " replaced, ")
                + result.done(Operation.DELETE) + " destroyed"
                + (result.failed() == 0 ? "" : ", " + result.failed() + " failed")
                + (result.skipped() == 0 ? "" : ", " + result.skipped() + " skipped");
    }
}
