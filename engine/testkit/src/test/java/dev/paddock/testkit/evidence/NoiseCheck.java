package dev.paddock.testkit.evidence;

import dev.paddock.core.plan.HostPlan;
import java.util.stream.Collectors;

/** Applies documents and looks whether plans then tell of differences that are none. */
final class NoiseCheck {
    private final EngineLab engine;
    private final EvidenceTable table;

    NoiseCheck(EngineLab engine, EvidenceTable table) {
        this.engine = engine;
        this.table = table;
    }

    /** Apply a document, inactive and, where that is possible, active, and remove it again. */
    void listen(String row, String label, DeclaredItem item) {
        listen(row, label, item, item.kind().hasState());
    }

    /** Apply a document, inactive, and remove it again. */
    void listenInactive(String row, String label, DeclaredItem item) {
        listen(row, label, item, false);
    }

    private void listen(String row, String label, DeclaredItem item, boolean starts) {
        table.count(row, "documents");
        var applied = engine.apply(item);
        if (!applied.problems().isEmpty()) {
            table.count(row, "refused by libvirt");
            table.note("refused by libvirt", label + ": " + applied.problems());
            if (engine.observed(item.id()).isPresent()) {
                table.violation(label + ": libvirt has what it refused: " + applied.problems());
                engine.destroy(item);
            }
            return;
        }
        quiet(row, label, "", item);
        if (starts) {
            start(row, label, item.in(true));
        }
        var gone = engine.destroy(item);
        if (!gone.problems().isEmpty() || engine.observed(item.id()).isPresent()) {
            table.violation(label + ": does not go: " + gone.problems());
        }
    }

    private void start(String row, String label, DeclaredItem active) {
        var started = engine.apply(active);
        if (!started.problems().isEmpty()) {
            table.count(row, "does not start");
            table.note("does not start", label + ": " + started.problems());
            return;
        }
        table.count(row, "active");
        quiet(row, label, " (active)", active);
    }

    private void quiet(String row, String label, String how, DeclaredItem item) {
        table.count(row, "spurious", 0);
        var plan = engine.plan(item);
        if (plan.hasErrors() || !plan.isEmpty()) {
            table.count(row, "spurious");
            table.violation(label + how + ": " + text(plan));
        }
    }

    /** Return what a plan would do, for people. */
    static String text(HostPlan plan) {
        return plan.diagnostics() + " "
                + plan.work().stream()
                        .map(step -> step.id() + " " + step.operation() + " "
                                + step.changes().stream()
                                        .map(change -> change.action() + " " + change.path() + " "
                                                + change.before().orElse("-") + " -> "
                                                + change.after().orElse("-"))
                                        .toList())
                        .collect(Collectors.joining("; "));
    }
}
