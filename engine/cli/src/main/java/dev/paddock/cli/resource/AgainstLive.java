package dev.paddock.cli.resource;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.ExitCode;
import dev.paddock.cli.Format;
import dev.paddock.cli.Invocation;
import dev.paddock.cli.reach.Landscape;
import dev.paddock.cli.reach.PolicyCheck;
import dev.paddock.cli.reach.ReachChange;
import dev.paddock.core.bind.Bound;
import dev.paddock.core.bind.Target;
import dev.paddock.core.report.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds what hosts let pass now against what playbooks declare, and expect. */
final class AgainstLive {
    private final HostConnector hosts;
    private final Invocation invocation;
    private final List<ReachChange> changes = new ArrayList<>();
    private final List<Diagnostic> broken = new ArrayList<>();

    AgainstLive(HostConnector hosts, Invocation invocation) {
        this.hosts = hosts;
        this.invocation = invocation;
    }

    int of(Bound bound) throws CommandException {
        for (var host : bound.hosts()) {
            look(bound, host);
        }
        var console = invocation.console().withSecrets(bound.secrets());
        if (invocation.globals().output() == Format.JSON) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("changes", changes.stream().map(AgainstLive::report).toList());
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

    private void look(Bound bound, Target host) throws CommandException {
        var resources = bound.resources().stream()
                .filter(resource -> resource.host().equals(host))
                .toList();
        var expected = bound.expectations().stream()
                .filter(expectation -> expectation.host().uri().equals(host.uri()))
                .toList();
        try (var reader = hosts.reader(host.uri())) {
            var live = Landscape.live(reader);
            changes.addAll(ReachChange.between(Landscape.alone(resources).completed(reader), live));
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
