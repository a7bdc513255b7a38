package dev.paddock.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of words, in columns as wide as they have to be; all but the first column are aligned to the right. */
final class ResultTable {
    private final List<List<String>> rows = new ArrayList<>();

    ResultTable(String... titles) {
        row(titles);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var row : rows) {
            for (var column = 0; column < row.size(); column++) {
                var format = (column == 0 ? "%-" : "  %") + width(column) + "s";
                text.append(format.formatted(row.get(column)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }
}
