package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.ScalarLayout;
import dev.paddock.core.load.YamlNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the values of INI inventories, which are literals of Python where they are valid ones, and texts otherwise.
 *
 * <p>Also what Python allows in a literal and nobody expects there: {@code 80,443} is a list, {@code 5 # note} is five.
 */
final class PythonLiteral {
    private static final int MAX_DEPTH = 90;
    private static final int MAX_DIGITS = 4_300;
    private static final Pattern SPACE = Pattern.compile("[ \\t\\f]*");
    private static final Pattern COMMENT = Pattern.compile("#.*");
    private static final Pattern INTEGER =
            Pattern.compile("0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*");
    private static final String DIGITS = "[0-9](?:_?[0-9])*";
    private static final Pattern FLOAT =
            Pattern.compile("(?:(?:%1$s)?\\.%1$s|%1$s\\.)(?:[eE][-+]?%1$s)?|%1$s[eE][-+]?%1$s".formatted(DIGITS));
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.]");

    /** Thrown for a text that is no literal. */
    private static final class NoLiteralException extends Exception {
        private static final long serialVersionUID = 1L;

        NoLiteralException() {
            super("no literal", null, false, false);
        }
    }

    private final String text;
    private final SourceLocation place;
    private int at;

    private PythonLiteral(String text, SourceLocation place) {
        this.text = text;
        this.place = place;
    }

    /** Return the value of a text. */
    static YamlNode value(String text, SourceLocation place) {
        try {
            return new PythonLiteral(text.stripLeading(), place).whole();
        } catch (NoLiteralException word) {
            return YamlNode.Scalar.of(place, text);
        }
    }

    private YamlNode whole() throws NoLiteralException {
        var first = element(0);
        YamlNode value = first;
        if (accept(",")) {
            value = new YamlNode.Sequence(place, items(first, "", 0));
        }
        skip();
        expectEnd();
        return value;
    }

    private void expectEnd() throws NoLiteralException {
        find(COMMENT);
        if (at < text.length()) {
            throw new NoLiteralException();
        }
    }

    private YamlNode element(int depth) throws NoLiteralException {
        if (depth > MAX_DEPTH) {
            throw new NoLiteralException();
        }
        skip();
        if (at >= text.length()) {
            throw new NoLiteralException();
        }
        if (accept("...")) {
            return YamlNode.Scalar.of(place, "...");
        }
        if (accept("[")) {
            return new YamlNode.Sequence(place, list("]", depth));
        }
        if (accept("(")) {
            return tuple(depth);
        }
        if (accept("{")) {
            return braces(depth);
        }
        var string = PythonText.at(text, at);
        if (string.isPresent()) {
            return string(string.get());
        }
        return accept("-") ? signed("-") : accept("+") ? signed("") : constant();
    }

    private YamlNode string(PythonText.Found first) throws NoLiteralException {
        var joined = new StringBuilder(first.value());
        var bytes = first.bytes();
        at = first.end();
        while (true) {
            skip();
            var next = PythonText.at(text, at);
            if (next.isEmpty()) {
                return YamlNode.Scalar.of(place, joined.toString());
            }
            if (next.get().bytes() != bytes) {
                throw new NoLiteralException();
            }
            joined.append(next.get().value());
            at = next.get().end();
        }
    }

    private YamlNode signed(String sign) throws NoLiteralException {
        skip();
        var number = number(sign);
        return number.orElseThrow(NoLiteralException::new);
    }

    private YamlNode constant() throws NoLiteralException {
        var number = number("");
        if (number.isPresent()) {
            return number.get();
        }
        return switch (find(NAME).orElse("")) {
            case "True" -> plain("true");
            case "False" -> plain("false");
            case "None" -> plain("null");
            case "set" -> {
                if (accept("(") && accept(")")) {
                    yield new YamlNode.Sequence(place, List.of());
                }
                throw new NoLiteralException();
            }
            default -> throw new NoLiteralException();
        };
    }

    private Optional<YamlNode> number(String sign) throws NoLiteralException {
        var decimal = find(FLOAT);
        var integer = decimal.isPresent() ? Optional.<String>empty() : find(INTEGER);
        if (decimal.isEmpty() && integer.isEmpty()) {
            return Optional.empty();
        }
        // Complex numbers end here: nobody has them in an inventory.
        if (at < text.length() && WORD.matcher(text.substring(at, at + 1)).matches()) {
            throw new NoLiteralException();
        }
        if (decimal.isPresent()) {
            return Optional.of(plain(
                    PythonNumber.text(Double.parseDouble(sign + decimal.get().replace("_", "")))));
        }
        var digits = integer.get().replace("_", "");
        if (digits.length() > MAX_DIGITS) {
            throw new NoLiteralException();
        }
        var radix = digits.length() < 2
                ? 10
                : switch (digits.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 10;
                };
        var value = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
        return Optional.of(plain((sign.isEmpty() ? value : value.negate()).toString()));
    }

    private YamlNode plain(String value) {
        return new YamlNode.Scalar(place, value, true, false, ScalarLayout.none(place));
    }

    private YamlNode tuple(int depth) throws NoLiteralException {
        if (accept(")")) {
            return new YamlNode.Sequence(place, List.of());
        }
        var first = element(depth + 1);
        if (accept(")")) {
            return first;
        }
        if (!accept(",")) {
            throw new NoLiteralException();
        }
        return new YamlNode.Sequence(place, items(first, ")", depth));
    }

    private List<YamlNode> list(String end, int depth) throws NoLiteralException {
        if (accept(end)) {
            return List.of();
        }
        var first = element(depth + 1);
        if (accept(end)) {
            return List.of(first);
        }
        if (!accept(",")) {
            throw new NoLiteralException();
        }
        return items(first, end, depth);
    }

    /** Return the items from the second on, up to the end; an empty end is the end of the text. */
    private List<YamlNode> items(YamlNode first, String end, int depth) throws NoLiteralException {
        List<YamlNode> items = new ArrayList<>(List.of(first));
        while (true) {
            skip();
            if (end.isEmpty() ? at >= text.length() || text.charAt(at) == '#' : accept(end)) {
                return items;
            }
            items.add(element(depth + 1));
            skip();
            if (end.isEmpty() && (at >= text.length() || text.charAt(at) == '#')) {
                return items;
            }
            if (!end.isEmpty() && accept(end)) {
                return items;
            }
            if (!accept(",")) {
                throw new NoLiteralException();
            }
        }
    }

    private YamlNode braces(int depth) throws NoLiteralException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        if (accept("}")) {
            return new YamlNode.Mapping(place, entries);
        }
        var first = element(depth + 1);
        if (!accept(":")) {
            if (accept("}")) {
                return new YamlNode.Sequence(place, List.of(first));
            }
            if (!accept(",")) {
                throw new NoLiteralException();
            }
            return new YamlNode.Sequence(
                    place, items(first, "}", depth).stream().distinct().toList());
        }
        var key = first;
        while (true) {
            if (!(key instanceof YamlNode.Scalar scalar)) {
                throw new NoLiteralException();
            }
            entries.put(scalar.text(), new YamlNode.Entry(place, element(depth + 1)));
            if (accept("}")) {
                return new YamlNode.Mapping(place, entries);
            }
            if (!accept(",")) {
                throw new NoLiteralException();
            }
            if (accept("}")) {
                return new YamlNode.Mapping(place, entries);
            }
            key = element(depth + 1);
            if (!accept(":")) {
                throw new NoLiteralException();
            }
        }
    }

    private void skip() {
        find(SPACE);
    }

    private boolean accept(String token) {
        skip();
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private Optional<String> find(Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }
}
