package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks whether a libvirt answers, and has the networks and the filter that agents need. */
public final class LibvirtChecks {
    private static final List<ResourceId> REQUIRED = List.of(
            new ResourceId("network", "agent-nat-filtered"),
            new ResourceId("network", "agent-isolated"),
            new ResourceId("nwfilter", "agent-network-filter"));
    private static final String LIBVIRT = "libvirt";
    private static final String NETWORKS = "networks and filter";

    private LibvirtChecks() {}

    /** Check the libvirt of a URI, through a read-only connection. */
    public static List<CheckResult> of(Supplier<HostConnector> connector, String uri) {
        try (var reader = connector.get().reader(uri)) {
            var info = reader.info();
            var answers = CheckResult.ok(LIBVIRT, "%s at %s".formatted(info.version(), uri));
            List<CheckResult> findings = new ArrayList<>();
            findings.add(answers);
            TestedLibvirt.warning(info)
                    .map(told -> CheckResult.of("libvirt's version", info.version() + " was not tested", told))
                    .ifPresent(findings::add);
            findings.addAll(LibvirtDaemon.findings(uri));
            findings.add(required(reader));
            return findings;
        } catch (HostException failure) {
            return List.of(unreachable(uri, failure), CheckResult.skipped(NETWORKS, "libvirt does not answer"));
        }
    }

    private static CheckResult unreachable(String uri, HostException failure) {
        return switch (failure.failure()) {
            case DENIED ->
                CheckResult.of(
                        LIBVIRT,
                        "denied at " + uri,
                        Diagnostic.error(
                                Code.PERMISSION_DENIED,
                                "libvirtd is there, and does not let this user in: " + failure.reason(),
                                "usermod -a -G libvirt USER, then log in again; or run it as root."));
            case UNREACHABLE, LOST ->
                CheckResult.of(
                        LIBVIRT,
                        "no answer at " + uri,
                        Diagnostic.error(
                                Code.LIBVIRTD_DOWN,
                                failure.reason(),
                                "Start it with `systemctl start libvirtd`, or use a private one with --lab."));
            case REFUSED, UNSUPPORTED ->
                CheckResult.of(
                        LIBVIRT,
                        "refused at " + uri,
                        Diagnostic.error(Code.HOST_REFUSED, failure.reason(), "The reason above is libvirt's own."));
        };
    }

    private static CheckResult required(HostReader reader) {
        List<String> wrong = new ArrayList<>();
        for (var kind : REQUIRED.stream().map(ResourceId::kind).distinct().toList()) {
            var names = REQUIRED.stream()
                    .filter(id -> id.kind().equals(kind))
                    .map(ResourceId::name)
                    .collect(Collectors.toUnmodifiableSet());
            wrong.addAll(wrong(reader, kind, names));
        }
        if (wrong.isEmpty()) {
            return CheckResult.ok(NETWORKS, "all there");
        }
        return CheckResult.of(
                NETWORKS,
                "%d of %d not there".formatted(wrong.size(), REQUIRED.size()),
                Diagnostic.error(
                        Code.NETWORKS_MISSING,
                        "Agents need two networks and a filter. " + String.join(" ", wrong),
                        "paddock apply playbooks/agent-networks.yaml"));
    }

    private static List<String> wrong(HostReader reader, String kind, Set<String> names) {
        var observed = reader.read(kind, Optional.of(names));
        return names.stream()
                .sorted()
                .flatMap(name ->
                        wrong(new ResourceId(kind, name), observed.getOrDefault(name, new Observed.Absent())).stream())
                .toList();
    }

    private static Optional<String> wrong(ResourceId id, Observed observed) {
        return switch (observed) {
            case Observed.Absent absent -> Optional.of(id + " does not exist.");
            case Observed.Unreadable unreadable -> Optional.of(id + " cannot be read.");
            case Observed.Present present ->
                present.active() || id.kind().equals("nwfilter")
                        ? Optional.empty()
                        : Optional.of(id + " is not active.");
        };
    }
}
