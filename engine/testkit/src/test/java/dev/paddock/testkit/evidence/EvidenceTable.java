package dev.paddock.testkit.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Counts, and what they are made of, printed for people to look at. Several threads may count. */
final class EvidenceTable {
    private final String title;
    private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    private final List<String> columns = new ArrayList<>();
    private final Map<String, Map<String, Integer>> notes = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final long start = System.nanoTime();

    EvidenceTable(String title) {
        this.title = title;
    }

    void count(String row, String column) {
        count(row, column, 1);
    }

    synchronized void count(String row, String column, int times) {
        if (!columns.contains(column)) {
            columns.add(column);
        }
        counts.computeIfAbsent(row, key -> new LinkedHashMap<>()).merge(column, times, Integer::sum);
    }

    /** Tell something that is no violation; equal notes are counted. */
    synchronized void note(String heading, String text) {
        notes.computeIfAbsent(heading, key -> new TreeMap<>()).merge(text, 1, Integer::sum);
    }

    synchronized void violation(String text) {
        System.err.println("!! " + text);
        violations.add(text);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int total(String column) {
        return counts.values().stream()
                .mapToInt(row -> row.getOrDefault(column, 0))
                .sum();
    }

    /** Print it, the counts first. */
    synchronized void print() {
        var out = new StringBuilder("\n== " + title + " (%.1f s)\n".formatted((System.nanoTime() - start) / 1e9));
        var rows = new ArrayList<>(counts.keySet());
        var label = Math.max(5, rows.stream().mapToInt(String::length).max().orElse(5));
        out.append(" ".repeat(label));
        columns.forEach(column -> out.append("  ").append(column));
        out.append('\n');
        for (var row : rows) {
            line(out, row, label, column -> counts.getOrDefault(row, Map.of()).getOrDefault(column, 0));
        }
        if (rows.size() > 1) {
            line(out, "total", label, this::total);
        }
        notes.forEach((heading, texts) -> {
            out.append("-- ").append(heading).append(":\n");
            texts.forEach((text, times) -> out.append("   ")
                    .append("%4d  ".formatted(times))
                    .append(text)
                    .append('\n'));
        });
        violations.forEach(violation -> out.append("!! ").append(violation).append('\n'));
        System.out.print(out);
        System.out.flush();
    }

    private void line(StringBuilder out, String row, int label, ToIntFunction<String> value) {
        out.append(("%-" + label + "s").formatted(row));
        columns.forEach(
                column -> out.append("  ").append(("%" + column.length() + "d").formatted(value.applyAsInt(column))));
        out.append('\n');
    }
}
