package dev.paddock.core.load;

import dev.paddock.api.diagnostic.SourceLocation;

/**
 * The layout of a scalar in its file, for the locations of positions in its text.
 *
 * @param start the start of the scalar, including its quote or block indicator
 * @param line the line of the first character of the text
 * @param column the column of the first character of each line of the text
 * @param lastLine the last line of the scalar
 * @param exact whether the lines of the text are lines of the file, without folding and escapes
 */
public record ScalarLayout(SourceLocation start, int line, int column, int lastLine, boolean exact) {
    /** Return the layout of a text that is in no file. */
    public static ScalarLayout none(SourceLocation location) {
        return new ScalarLayout(location, location.line(), location.column(), location.line(), false);
    }

    /** Return the location of a position in the text, both from 1; the start if that is unknown. */
    public SourceLocation at(int textLine, int textColumn) {
        if (!exact || textLine < 1 || textColumn < 1 || line + textLine - 1 > lastLine) {
            return start;
        }
        return new SourceLocation(start.file(), line + textLine - 1, column + textColumn - 1);
    }
}
