package dev.paddock.core.ansible;

import dev.paddock.core.load.ScalarDialect;
import dev.paddock.core.load.YamlNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The types of scalars in Ansible's files, which are those of YAML 1.1: {@code yes} is true, {@code 010} is eight, and
 * {@code 1:30} is ninety. A number becomes the text that Python prints.
 */
final class Yaml11 implements ScalarDialect {
    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final int SIXTY = 60;
    private static final Set<String> TRUE = Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern INTEGER = Pattern.compile("[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)"
            + "|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    private final boolean secret;

    /** @param secret whether the file was encrypted, so that its values must not be shown */
    Yaml11(boolean secret) {
        this.secret = secret;
    }

    @Override
    public Optional<YamlNode.Scalar> scalar(Token token) {
        if (token.tag().isEmpty()) {
            return Optional.of(token.plain() ? plain(token) : token.as(false, secret));
        }
        return switch (token.tag().get()) {
            case "!", STANDARD + "str" -> Optional.of(token.as(false, secret));
            case STANDARD + "int", STANDARD + "float", STANDARD + "bool", STANDARD + "null" ->
                Optional.of(plain(token));
            case "!vault", "!vault-encrypted" -> Optional.of(token.as(false, true));
            case "!unsafe" ->
                Optional.of(new YamlNode.Scalar(token.place(), token.text(), false, secret, true, token.layout()));
            default -> Optional.empty();
        };
    }

    private YamlNode.Scalar plain(Token token) {
        var text = token.text();
        if (NULL.contains(text) || text.equals("<<")) {
            return token.as(true, false);
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return typed(token, String.valueOf(TRUE.contains(text)), false);
        }
        if (INTEGER.matcher(text).matches()) {
            var number = integer(text.replace("_", ""));
            if (number.isPresent()) {
                return typed(token, number.get().toString(), secret);
            }
        } else if (FLOAT.matcher(text).matches()) {
            return typed(token, decimal(text.replace("_", "")), secret);
        }
        return token.as(false, secret);
    }

    private static YamlNode.Scalar typed(Token token, String text, boolean secret) {
        return new YamlNode.Scalar(token.place(), text, true, secret, token.layout());
    }

    private static Optional<BigInteger> integer(String text) {
        var negative = text.startsWith("-");
        var digits = text.startsWith("+") || negative ? text.substring(1) : text;
        try {
            BigInteger number;
            if (digits.startsWith("0b")) {
                number = new BigInteger(digits.substring(2), 2);
            } else if (digits.startsWith("0x")) {
                number = new BigInteger(digits.substring(2), 16);
            } else if (digits.startsWith("0") && digits.length() > 1) {
                number = new BigInteger(digits, 8);
            } else {
                number = BigInteger.ZERO;
                for (var part : digits.split(":", -1)) {
                    number = number.multiply(BigInteger.valueOf(SIXTY)).add(new BigInteger(part));
                }
            }
            return Optional.of(negative ? number.negate() : number);
        } catch (NumberFormatException onlyUnderscores) {
            return Optional.empty();
        }
    }

    private static String decimal(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var negative = lower.startsWith("-");
        var digits = lower.startsWith("+") || negative ? lower.substring(1) : lower;
        double number;
        if (digits.equals(".inf")) {
            number = Double.POSITIVE_INFINITY;
        } else if (digits.equals(".nan")) {
            number = Double.NaN;
        } else {
            number = 0;
            for (var part : digits.split(":", -1)) {
                number = number * SIXTY + Double.parseDouble(part.equals(".") ? "0" : part);
            }
        }
        return PythonNumber.text(negative ? -number : number);
    }
}
