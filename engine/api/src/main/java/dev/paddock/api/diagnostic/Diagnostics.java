package dev.paddock.api.diagnostic;

import java.util.ArrayList;
import java.util.List;

/** Collects the diagnostics of a run so that all of them are reported together. Not thread-safe. */
public final class Diagnostics {
    private final List<Diagnostic> all = new ArrayList<>();

    public void add(Diagnostic diagnostic) {
        if (!all.contains(diagnostic)) {
            all.add(diagnostic);
        }
    }

    public void addAll(Iterable<Diagnostic> diagnostics) {
        diagnostics.forEach(this::add);
    }

    public boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::isError);
    }

    /** Return all diagnostics in the order in which they were added. */
    public List<Diagnostic> list() {
        return List.copyOf(all);
    }
}
