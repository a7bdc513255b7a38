package dev.paddock.api.diagnostic;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of a run, so that all are told at once. Not safe for use by several threads. */
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

    /** Return all, in the order they were found. */
    public List<Diagnostic> list() {
        return List.copyOf(all);
    }
}
