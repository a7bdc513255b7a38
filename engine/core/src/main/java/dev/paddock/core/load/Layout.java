package dev.paddock.core.load;

import dev.paddock.api.diagnostic.Place;

/**
 * Where the text of a scalar lies in its file, to find the place of something inside it.
 *
 * @param start where the scalar starts, quote or block indicator included
 * @param line line of the first character of the text
 * @param column column of the first character of each line of the text
 * @param lastLine last line of the scalar
 * @param exact whether lines of the text are lines of the file; false where folding or escapes moved them
 */
public record Layout(Place start, int line, int column, int lastLine, boolean exact) {
    /** Return the layout of a text that stands in no file. */
    public static Layout none(Place place) {
        return new Layout(place, place.line(), place.column(), place.line(), false);
    }

    /** Return the place of a position in the text, both counted from 1; the start where it cannot be told. */
    public Place at(int textLine, int textColumn) {
        if (!exact || textLine < 1 || textColumn < 1 || line + textLine - 1 > lastLine) {
            return start;
        }
        return new Place(start.file(), line + textLine - 1, column + textColumn - 1);
    }
}
