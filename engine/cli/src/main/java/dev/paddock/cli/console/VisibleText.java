package dev.paddock.cli.console;

import java.util.regex.Pattern;

/**
 * Makes control characters visible, so that names, files and guests cannot control a terminal: neither its colors nor its
 * input nor the direction of its lines. In JSON, the result is the same text.
 */
final class VisibleText {
    /** The control sequences of the styles and the progress bar. */
    private static final Pattern OWN = Pattern.compile("\u001b\\[(?:0|1|2|3[1236])m|\r\u001b\\[K|\r\n");

    private VisibleText() {}

    /** @param styled whether to keep the sequences that Paddock itself writes */
    static String of(String text, boolean styled) {
        var first = first(text);
        if (first == text.length()) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 64).append(text, 0, first);
        var own = OWN.matcher(text);
        for (var i = first; i < text.length(); ) {
            if (styled && own.region(i, text.length()).lookingAt()) {
                shown.append(own.group());
                i = own.end();
                continue;
            }
            var point = text.codePointAt(i);
            var end = i + Character.charCount(point);
            if (isHidden(point)) {
                for (; i < end; i++) {
                    shown.append("\\u%04X".formatted((int) text.charAt(i)));
                }
            } else {
                shown.appendCodePoint(point);
                i = end;
            }
        }
        return shown.toString();
    }

    private static int first(String text) {
        var i = 0;
        while (i < text.length()) {
            var point = text.codePointAt(i);
            if (isHidden(point)) {
                return i;
            }
            i += Character.charCount(point);
        }
        return i;
    }

    private static boolean isHidden(int point) {
        if (point >= ' ' && point < 0x7f) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
