package dev.paddock.api.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests the word that the user probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** Return the nearest known word if it is close enough to be a typing error. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        var limit = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Return the optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbors. */
    static int distance(String left, String right) {
        var rows = new int[left.length() + 1][right.length() + 1];
        for (var i = 0; i <= left.length(); i++) {
            rows[i][0] = i;
        }
        for (var j = 0; j <= right.length(); j++) {
            rows[0][j] = j;
        }
        for (var i = 1; i <= left.length(); i++) {
            for (var j = 1; j <= right.length(); j++) {
                var same = left.charAt(i - 1) == right.charAt(j - 1);
                rows[i][j] =
                        Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
                var swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (swapped) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[left.length()][right.length()];
    }
}
