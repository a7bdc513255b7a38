package dev.paddock.core.ansible;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads string literals of Python. */
final class PythonText {
    private static final Pattern START = Pattern.compile("(?i)(|r|u|b|br|rb)('''|\"\"\"|'|\")");
    private static final int OCTAL_DIGITS = 3;

    /** The characters after a backslash, and what they mean. */
    private static final String SIMPLE = "\\'\"abfnrtv";

    private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

    /**
     * A string literal.
     *
     * @param end the position after it
     * @param bytes whether it is of bytes, which cannot be joined with text
     */
    record Found(String value, int end, boolean bytes) {}

    private PythonText() {}

    /** Return the literal at a position; empty if none starts there, or it does not end. */
    static Optional<Found> at(String text, int start) {
        var matcher = START.matcher(text).region(start, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        var prefix = matcher.group(1).toLowerCase(Locale.ROOT);
        var quote = matcher.group(2);
        var end = matcher.end();
        while (!text.startsWith(quote, end)) {
            if (end >= text.length()) {
                return Optional.empty();
            }
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        var content = text.substring(matcher.end(), end);
        var value = prefix.contains("r") ? Optional.of(content) : unescaped(content);
        var after = end + quote.length();
        return value.map(read -> new Found(read, after, prefix.contains("b")));
    }

    private static Optional<String> unescaped(String content) {
        var value = new StringBuilder();
        var i = 0;
        while (i < content.length()) {
            var c = content.charAt(i);
            if (c != '\\') {
                value.append(c);
                i++;
                continue;
            }
            var end = escape(content, i + 1, value);
            if (end < 0) {
                return Optional.empty();
            }
            i = end;
        }
        return Optional.of(value.toString());
    }

    /** Append what an escape means, and return the position after it; negative if it means nothing. */
    private static int escape(String content, int at, StringBuilder value) {
        var c = content.charAt(at);
        var simple = SIMPLE.indexOf(c);
        if (simple >= 0) {
            value.append(MEANT.charAt(simple));
            return at + 1;
        }
        return switch (c) {
            case 'x' -> append(hexadecimal(content, at + 1, 2), at + 3, value);
            case 'u' -> append(hexadecimal(content, at + 1, 4), at + 5, value);
            case 'U' -> append(hexadecimal(content, at + 1, 8), at + 9, value);
            case 'N' -> {
                var close = content.indexOf('}', at);
                yield close < 0 ? -1 : append(named(content.substring(at + 1, close)), close + 1, value);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                var end = at;
                while (end < content.length()
                        && end < at + OCTAL_DIGITS
                        && "01234567".indexOf(content.charAt(end)) >= 0) {
                    end++;
                }
                yield append(Optional.of(Integer.parseInt(content.substring(at, end), 8)), end, value);
            }
            default -> {
                // Python keeps the backslash of an escape that it does not know.
                value.append('\\').append(c);
                yield at + 1;
            }
        };
    }

    private static int append(Optional<Integer> point, int end, StringBuilder value) {
        point.ifPresent(value::appendCodePoint);
        return point.isPresent() ? end : -1;
    }

    private static Optional<Integer> hexadecimal(String content, int start, int digits) {
        if (start + digits > content.length()) {
            return Optional.empty();
        }
        try {
            var point = Integer.parseUnsignedInt(content.substring(start, start + digits), 16);
            return Character.isValidCodePoint(point) ? Optional.of(point) : Optional.empty();
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> named(String braced) {
        try {
            return braced.startsWith("{") ? Optional.of(Character.codePointOf(braced.substring(1))) : Optional.empty();
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
