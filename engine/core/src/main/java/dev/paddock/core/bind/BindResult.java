package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.resource.DeclaredResource;
import dev.paddock.core.resource.Expectation;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.core.rollout.Rollout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bound playbooks, for all hosts.
 *
 * @param hosts the hosts that a play applies to, in the order of the plays
 * @param rollout the order in which the hosts are changed
 * @param projects the projects that the plays of a host name, also of plays that declare nothing; the default only if a
 *     play names it, because all that name none share it
 * @param resources in the order of the playbooks; complete only if no diagnostic is an error
 * @param incomplete the kinds of which resources are missing, because of errors
 * @param expectations the traffic that is expected to pass or to be blocked
 * @param names the addresses of host names, as they resolved in this run
 * @param secrets the texts that must not be shown
 * @param secretValues the texts that must not be shown as the whole value of anything
 * @param diagnostics the errors and warnings, with secrets masked
 */
public record BindResult(
        List<InventoryHost> hosts,
        Rollout rollout,
        Map<InventoryHost, Set<String>> projects,
        List<DeclaredResource> resources,
        Set<String> incomplete,
        List<Expectation> expectations,
        Map<String, List<String>> names,
        Set<String> secrets,
        Set<String> secretValues,
        List<Diagnostic> diagnostics) {
    public BindResult {
        hosts = List.copyOf(hosts);
        projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
        resources = List.copyOf(resources);
        incomplete = Set.copyOf(incomplete);
        expectations = List.copyOf(expectations);
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        secrets = Collections.unmodifiableSet(new LinkedHashSet<>(secrets));
        secretValues = Collections.unmodifiableSet(new LinkedHashSet<>(secretValues));
        diagnostics = List.copyOf(diagnostics);
    }

    /** Return the result of a run that did not come to its end. */
    static BindResult incomplete(Set<String> secrets, Set<String> secretValues, List<Diagnostic> diagnostics) {
        return new BindResult(
                List.of(),
                Rollout.together(List.of()),
                Map.of(),
                List.of(),
                Set.of(),
                List.of(),
                Map.of(),
                secrets,
                secretValues,
                diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /** Return a text with only the number of secrets, so that it can be logged. */
    @Override
    public String toString() {
        return "Bound[hosts=" + hosts + ", resources=" + resources.size() + ", secrets=" + secrets.size()
                + ", diagnostics=" + diagnostics + "]";
    }
}
