package dev.paddock.core.ansible;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words as a shell does, with {@code #} for comments, also within a word. */
final class ShellWords {
    /**
     * A word.
     *
     * @param column the column in the line where it starts, from 1
     */
    record Word(String text, int column) {}

    /** Thrown for a quote that is not closed, or a backslash at the end. */
    static final class OpenException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int column;

        OpenException(String what, int column) {
            super(what, null, false, false);
            this.column = column;
        }

        int column() {
            return column;
        }
    }

    private ShellWords() {}

    static List<Word> split(String line) throws OpenException {
        List<Word> words = new ArrayList<>();
        var word = new StringBuilder();
        var start = -1;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '#') {
                break;
            }
            if (c == ' ' || c == '\t' || c == '\r') {
                if (start >= 0) {
                    words.add(new Word(word.toString(), start + 1));
                    word.setLength(0);
                    start = -1;
                }
                continue;
            }
            start = start < 0 ? i : start;
            if (c == '\\') {
                if (++i >= line.length()) {
                    throw new OpenException("the backslash stands before nothing", i);
                }
                word.append(line.charAt(i));
            } else if (c == '"' || c == '\'') {
                i = quoted(line, i, word);
            } else {
                word.append(c);
            }
        }
        if (start >= 0) {
            words.add(new Word(word.toString(), start + 1));
        }
        return words;
    }

    /** Append what is in quotes, and return the position of the closing one. */
    private static int quoted(String line, int open, StringBuilder word) throws OpenException {
        var quote = line.charAt(open);
        for (var i = open + 1; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == quote) {
                return i;
            }
            if (c == '\\' && quote == '"' && i + 1 < line.length()) {
                i++;
                if (line.charAt(i) != '\\' && line.charAt(i) != quote) {
                    word.append('\\');
                }
                word.append(line.charAt(i));
            } else {
                word.append(c);
            }
        }
        throw new OpenException("the quote is not closed", open + 1);
    }
}
