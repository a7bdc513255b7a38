package dev.paddock.api.diagnostic;

/**
 * A position in a file of the user.
 *
 * @param file path as given by the user, or a name in angle brackets if there is no file
 * @param line starts at 1
 * @param column starts at 1
 */
public record SourceLocation(String file, int line, int column) implements Comparable<SourceLocation> {
    public SourceLocation {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("A place starts at 1:1, not at " + line + ":" + column);
        }
    }

    /** Return the position of the start of a file. */
    public static SourceLocation startOf(String file) {
        return new SourceLocation(file, 1, 1);
    }

    @Override
    public int compareTo(SourceLocation other) {
        var byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        var byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
