package dev.paddock.cli.snapshot;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.Observed;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.TextTable;
import dev.paddock.cli.resource.ChangeText;
import dev.paddock.core.plan.SnapshotComparison;
import dev.paddock.core.report.PlanReport;
import dev.paddock.session.Kinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subcommands of {@code paddock snapshot} that change nothing. */
final class SnapshotQueries {
    private SnapshotQueries() {}

    static int list(Invocation invocation, HostConnector hosts, String uri) throws CommandException {
        try (var reader = hosts.reader(uri)) {
            var guests = new SnapshotGuests(reader);
            var guest = invocation.parameters().stream().findFirst();
            if (guest.isPresent()) {
                guests.guest(guest.get());
            }
            List<SnapshotView> snapshots = new ArrayList<>();
            var isWhole = true;
            for (var found : guests.snapshots(guest).entrySet()) {
                switch (found.getValue()) {
                    case Observed.Present present -> snapshots.add(SnapshotView.of(found.getKey(), present));
                    case Observed.Unreadable unreadable -> {
                        invocation.console().tell(unreadable.why());
                        isWhole = false;
                    }
                    case Observed.Absent absent -> {}
                }
            }
            snapshots.sort(Comparator.comparing(SnapshotView::guest)
                    .thenComparing(SnapshotView::created)
                    .thenComparing(SnapshotView::name));
            print(invocation, uri, snapshots);
            return isWhole ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private static void print(Invocation invocation, String uri, List<SnapshotView> snapshots) {
        if (invocation.globals().output() == Format.JSON) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("uri", uri);
            report.put("snapshots", snapshots.stream().map(SnapshotView::report).toList());
            invocation.console().printJson(report);
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("VM", "NAME", "STATE", "CREATED", "MEMORY", "DISKS", "CURRENT", "DESCRIPTION"));
        snapshots.forEach(snapshot -> rows.add(snapshot.row()));
        TextTable.of(rows).forEach(invocation.console()::print);
    }

    static int diff(Invocation invocation, HostConnector hosts, String uri) throws CommandException {
        var guest = invocation.parameters().getFirst();
        var name = invocation.parameters().getLast();
        var kind = Kinds.all().stream()
                .filter(each -> each.name().equals("vm"))
                .findFirst()
                .orElseThrow();
        try (var reader = hosts.reader(uri)) {
            var guests = new SnapshotGuests(reader);
            var now = guests.guest(guest);
            var changes = new SnapshotComparison(kind)
                    .changes(guests.snapshot(guest, name).defined(), now);
            var console = invocation.console();
            if (invocation.globals().output() == Format.JSON) {
                Map<String, Object> report = new LinkedHashMap<>();
                report.put("format_version", PlanReport.FORMAT);
                report.put("vm", guest);
                report.put("name", name);
                report.put("changes", changes.stream().map(PlanReport::change).toList());
                console.printJson(report);
            } else if (changes.isEmpty()) {
                console.print("No changes. " + guest + " is defined as in " + name + ", and in the same state.");
            } else {
                changes.forEach(change -> console.print("  " + ChangeText.of(change, console.outputPaint())));
            }
            return ExitCode.OK;
        }
    }
}
