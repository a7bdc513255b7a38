package dev.paddock.core.load;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** The types of unquoted scalars in YAML 1.2's core schema (section 10.3.2); in 1.1, {@code no} would be a boolean. */
public final class CoreSchema {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    /** The exponent is limited, because nobody means a number of a billion digits. */
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

    private static final int MAX_LENGTH = 60;

    private CoreSchema() {}

    public static boolean isNull(String text) {
        return text.isEmpty() || text.equals("~") || text.equals("null") || text.equals("Null") || text.equals("NULL");
    }

    public static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Return the number; infinities and NaN are texts. */
    public static Optional<Number> number(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !mayStartNumber(text.charAt(0))) {
            return Optional.empty();
        }
        if (INTEGER.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.startsWith("+") ? text.substring(1) : text));
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.substring(2), 8));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.substring(2), 16));
        }
        if (FLOAT.matcher(text).matches()) {
            return Optional.of(new BigDecimal(text));
        }
        return Optional.empty();
    }

    private static boolean mayStartNumber(char first) {
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }
}
