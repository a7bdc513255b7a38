package dev.paddock.cli.vm;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.Observed;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.TextTable;
import dev.paddock.core.report.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code paddock vm list}: lists all VMs of a host, with their states and addresses. */
final class VmList {
    private VmList() {}

    static int run(Invocation invocation, HostConnector hosts, String uri) throws CommandException {
        try (var reader = hosts.reader(uri);
                var host = hosts.guests(uri)) {
            var documents = reader.read("vm", Optional.empty());
            var guests = ParallelGuests.map(
                    host.list(),
                    status -> new VmView(
                            status,
                            documents.get(status.name()) instanceof Observed.Present present
                                    ? Optional.of(present)
                                    : Optional.empty(),
                            VmAddress.of(host.addresses(status.name()))));
            if (invocation.globals().output() == Format.JSON) {
                Map<String, Object> report = new LinkedHashMap<>();
                report.put("format_version", PlanReport.FORMAT);
                report.put("uri", uri);
                report.put("guests", guests.stream().map(VmView::report).toList());
                invocation.console().printJson(report);
            } else {
                table(guests).forEach(invocation.console()::print);
            }
            return ExitCode.OK;
        }
    }

    private static List<String> table(List<VmView> guests) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "STATE", "ADDRESS", "CPUS", "MEMORY", "AUTOSTART", "PROJECT"));
        for (var guest : guests) {
            rows.add(List.of(
                    guest.name(),
                    guest.state(),
                    guest.addresses().isEmpty()
                            ? "-"
                            : guest.addresses().getFirst().toString(),
                    Integer.toString(guest.status().processors()),
                    guest.memory(),
                    guest.status().autostart() ? "yes" : "no",
                    guest.project().orElse("-")));
        }
        return TextTable.of(rows);
    }
}
