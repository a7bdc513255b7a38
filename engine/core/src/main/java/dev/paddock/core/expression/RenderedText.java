package dev.paddock.core.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * What a template renders.
 *
 * @param computed the ranges of the text that are computed from secrets, in order
 */
public record RenderedText(String text, List<Range> computed) {
    /** From the start to before the end. */
    public record Range(int start, int end) {}

    public RenderedText {
        computed = List.copyOf(computed);
    }

    /** Return the parts of the text that are computed from secrets. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        computed.forEach(range -> parts.add(text.substring(range.start(), range.end())));
        return parts;
    }

    /** Return the text with a character before and after each range. */
    public String marked(char before, char after) {
        var marked = new StringBuilder();
        var end = 0;
        for (var range : computed) {
            marked.append(text, end, range.start()).append(before);
            marked.append(text, range.start(), range.end()).append(after);
            end = range.end();
        }
        return marked.append(text, end, text.length()).toString();
    }
}
