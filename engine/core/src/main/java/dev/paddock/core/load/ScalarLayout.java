package dev.paddock.core.load;

import dev.paddock.api.diagnostic.SourceLocation;

/**
 * Where the text of a scalar lies in its file, to find the place of something inside it.
 *
 * @param start where the scalar starts, quote or block indicator included
 * @param line line of the first character of the text
 * @param column column of the first character of each line of the text
 * @param lastLine last line of the scalar
 * @param exact whether lines of the text are lines of the file; false where folding or escapes moved them
 */
public record ScalarLayout(SourceLocation start, int line, int column, int lastLine, boolean exact) {
    /** Return the layout of a text that stands in no file. */
    public static ScalarLayout none(SourceLocation place) {
        return new ScalarLayout(place, place.line(), place.column(), place.line(), false);
    }

    /** Return the place of a position in the text, both counted from 1; the start where it cannot be told. */
    public SourceLocation at(int textLine, int textColumn) {
        if (!exact || textLine < 1 || textColumn < 1 || line + textLine - 1 > lastLine) {
            return start;
        }
        return new SourceLocation(start.file(), line + textLine - 1, column + textColumn - 1);
    }
}
