package dev.paddock.core.ansible;

import dev.paddock.core.expression.Literal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the simple templates of inventories into expressions: <code>{{ variable.key['other'][0] }}</code>, with
 * {@code default('text')}.
 */
final class JinjaText {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{|\\{%|\\{#");
    private static final String STRING = "'[^'\\\\]*'|\"[^\"\\\\]*\"";
    private static final Pattern EXPRESSION = Pattern.compile(
            "\\s*(?<path>[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*|\\[\\s*(?:[0-9]{1,9}|" + STRING + ")\\s*])*)\\s*"
                    + "(?:\\|\\s*(?:default|d)\\s*\\(\\s*(?<other>[0-9]{1,9}|" + STRING + ")\\s*\\)\\s*)?");
    private static final Pattern QUOTED = Pattern.compile(STRING);

    private JinjaText() {}

    /** Return the text with expressions in place of templates; empty if it has one that cannot be translated. */
    static Optional<String> translated(String text) {
        var result = new StringBuilder();
        var at = 0;
        var opening = TEMPLATE.matcher(text);
        while (opening.find(at)) {
            result.append(Literal.of(text.substring(at, opening.start())));
            var close = text.indexOf("}}", opening.end());
            if (!opening.group().equals("{{") || close < 0) {
                return Optional.empty();
            }
            var expression = EXPRESSION.matcher(text.substring(opening.end(), close));
            if (!expression.matches()) {
                return Optional.empty();
            }
            result.append("${").append(strings(expression.group("path")));
            if (expression.group("other") != null) {
                result.append('!').append(strings(expression.group("other")));
            }
            result.append('}');
            at = close + 2;
        }
        return Optional.of(result.append(Literal.of(text.substring(at))).toString());
    }

    private static String strings(String expression) {
        return QUOTED.matcher(expression).replaceAll(found -> {
            var text = found.group().substring(1, found.group().length() - 1);
            return Matcher.quoteReplacement("\"" + text.replace("\"", "\\\"").replace("{", "\\{") + "\"");
        });
    }
}
