package dev.paddock.cli.reach;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.core.bind.BindResult;
import dev.paddock.core.report.PlanReport;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.reach.policy.NetworkTopology;
import dev.paddock.reach.policy.PolicyCheck;
import dev.paddock.reach.policy.ReachChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what hosts pass now with what playbooks declare and expect. */
final class LiveComparison {
    private final HostConnector hosts;
    private final Invocation invocation;
    private final List<ReachChange> changes = new ArrayList<>();
    private final List<Diagnostic> broken = new ArrayList<>();

    LiveComparison(HostConnector hosts, Invocation invocation) {
        this.hosts = hosts;
        this.invocation = invocation;
    }

    int of(BindResult bound) throws CommandException {
        for (var host : bound.hosts()) {
            look(bound, host);
        }
        var console = invocation.console().withSecrets(bound.secrets());
        if (invocation.globals().output() == Format.JSON) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("changes", changes.stream().map(LiveComparison::report).toList());
            report.put(
                    "diagnostics", broken.stream().map(PlanReport::diagnostic).toList());
            console.printJson(report);
        } else {
            changes.forEach(change -> console.print(change.guest() + " " + change.cell() + ": declared "
                    + change.before() + ", now " + change.after() + ": " + change.cause()));
            console.tell(broken);
            if (changes.isEmpty() && broken.isEmpty()) {
                console.print("What the host has now lets pass what is declared, and nothing else.");
            }
        }
        return changes.isEmpty() && broken.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void look(BindResult bound, InventoryHost host) throws CommandException {
        var resources = bound.resources().stream()
                .filter(resource -> resource.host().equals(host))
                .toList();
        var expected = bound.expectations().stream()
                .filter(expectation -> expectation.host().uri().equals(host.uri()))
                .toList();
        try (var reader = hosts.reader(host.uri())) {
            var live = NetworkTopology.live(reader);
            changes.addAll(ReachChange.between(NetworkTopology.alone(resources).completed(reader), live));
            broken.addAll(PolicyCheck.broken(live, expected));
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    private static Map<String, Object> report(ReachChange change) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("guest", change.guest());
        report.put("cell", change.cell());
        report.put("declared", change.before());
        report.put("now", change.after());
        report.put("why", change.cause());
        return report;
    }
}
