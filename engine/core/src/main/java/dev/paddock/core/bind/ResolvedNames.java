package dev.paddock.core.bind;

import dev.paddock.api.host.NameResolver;
import dev.paddock.core.source.DiagnosticSink;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Resolves the host names of a run, each once. Withholds names that contain secrets: queries pass through many hands. */
final class ResolvedNames implements NameResolver {
    private final NameResolver resolver;
    private final DiagnosticSink diagnostics;
    private final Map<String, Answer> known = new TreeMap<>();

    ResolvedNames(NameResolver resolver, DiagnosticSink diagnostics) {
        this.resolver = resolver;
        this.diagnostics = diagnostics;
    }

    @Override
    public synchronized Answer resolve(String name) {
        return diagnostics.isSecret(name) ? new Answer.Withheld() : known.computeIfAbsent(name, resolver::resolve);
    }

    /** Return the addresses of the names that resolved. */
    synchronized Map<String, List<String>> addresses() {
        Map<String, List<String>> all = new TreeMap<>();
        known.forEach((name, answer) -> {
            if (answer instanceof Answer.Found found) {
                all.put(name, found.addresses());
            }
        });
        return all;
    }
}
