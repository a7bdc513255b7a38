package dev.paddock.core.bind;

import dev.paddock.api.diagnostic.Diagnostic;
import java.util.List;
import java.util.Set;

/**
 * What the playbooks of a run say.
 *
 * @param hosts the hosts that are meant, after the limit
 * @param resources in the order of the files; complete only when no diagnostic is an error
 * @param secrets texts that must never be printed
 */
public record Bound(List<Target> hosts, List<Declared> resources, Set<String> secrets, List<Diagnostic> diagnostics) {}
