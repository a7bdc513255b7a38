package dev.paddock.cli.reach;

import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.core.report.PlanReport;
import dev.paddock.reach.policy.BackendNames;
import dev.paddock.reach.policy.Endpoints;
import dev.paddock.reach.policy.NetworkTopology;
import dev.paddock.reach.policy.ReachChange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Shows what would change with another firewall backend, for example after an upgrade of libvirt. */
public final class BackendSwitch {
    private BackendSwitch() {}

    /**
     * Compare the backends, and return the exit code.
     *
     * @param now the topology with the present backend
     * @param then the same topology with the other backend
     * @param name the only interface to compare, if not all
     */
    public static int of(Invocation invocation, NetworkTopology now, NetworkTopology then, Optional<String> name)
            throws CommandException {
        if (name.isPresent()) {
            var standpoints = new Endpoints(now);
            if (standpoints.named(name.get(), Map.of()).isEmpty()) {
                throw ReachCommand.unknown(name.get(), standpoints);
            }
        }
        var changes =
                name.map(one -> ReachChange.between(now, then, one)).orElseGet(() -> ReachChange.between(now, then));
        var before = BackendNames.word(now.backend().kind());
        var after = BackendNames.word(then.backend().kind());
        var console = invocation.console();
        if (invocation.globals().output() == Format.JSON) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("backend", MatrixReport.backend(now.backend()));
            report.put("other", after);
            report.put(
                    "changes",
                    changes.stream()
                            .map(change -> report(change, before, after))
                            .toList());
            console.printJson(report);
        } else {
            console.print(BackendNames.sentence(now.backend()));
            changes.forEach(change -> console.print(change.guest() + " " + change.cell() + ": by " + before + " "
                    + change.before() + ", by " + after + " " + change.after() + ": " + change.cause()));
            if (changes.isEmpty()) {
                console.print("By " + after + " the same passes, and nothing else.");
            }
        }
        return changes.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static Map<String, Object> report(ReachChange change, String before, String after) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("guest", change.guest());
        report.put("cell", change.cell());
        report.put(before, change.before());
        report.put(after, change.after());
        report.put("why", change.cause());
        return report;
    }
}
