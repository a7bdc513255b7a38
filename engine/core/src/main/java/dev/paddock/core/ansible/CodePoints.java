package dev.paddock.core.ansible;

import java.util.Arrays;
import java.util.Comparator;

/** The order of texts in Python, which compares code points; Java's compares UTF-16 units. */
final class CodePoints {
    static final Comparator<String> ORDER = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private CodePoints() {}
}
