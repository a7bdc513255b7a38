package dev.paddock.cli.console;

import java.util.List;

/** Formats rows of cells as lines with aligned columns. */
public final class TextTable {
    private TextTable() {}

    /**
     * Return the lines of a table.
     *
     * @param rows with the same number of cells each; the first contains the titles
     */
    public static List<String> of(List<List<String>> rows) {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    var line = new StringBuilder();
                    for (var i = 0; i < widths.length; i++) {
                        line.append(row.get(i))
                                .repeat(' ', widths[i] - row.get(i).length() + 2);
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
