package dev.paddock.cli.vm;

import dev.paddock.api.host.GuestStatus;
import dev.paddock.api.host.Observed;
import dev.paddock.core.plan.OwnershipMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A VM with everything that is shown about it.
 *
 * @param documents absent if the VM is gone or cannot be read
 */
record VmView(GuestStatus status, Optional<Observed.Present> documents, List<VmAddress> addresses) {
    private static final long KIBIBYTES = 1024;

    VmView {
        addresses = List.copyOf(addresses);
    }

    String name() {
        return status.name();
    }

    /** Return the state and, unless the VM simply runs, its reason. */
    String state() {
        var plain = status.state() == GuestStatus.State.RUNNING;
        return status.state().label()
                + status.reason()
                        .filter(reason -> !plain)
                        .map(reason -> " (" + reason + ")")
                        .orElse("");
    }

    String memory() {
        return status.kibibytes() % KIBIBYTES == 0
                ? status.kibibytes() / KIBIBYTES + " MiB"
                : status.kibibytes() + " KiB";
    }

    Optional<String> project() {
        return documents
                .flatMap(present -> OwnershipMetadata.of(present.defined()))
                .map(OwnershipMetadata::project);
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", name());
        report.put("uuid", status.uuid());
        report.put("state", status.state().label());
        status.reason().ifPresent(reason -> report.put("reason", reason));
        report.put("cpus", status.processors());
        report.put("memory_kib", status.kibibytes());
        report.put("autostart", status.autostart());
        report.put("persistent", status.persistent());
        project().ifPresent(project -> report.put("project", project));
        report.put("addresses", addresses.stream().map(VmAddress::report).toList());
        return report;
    }
}
