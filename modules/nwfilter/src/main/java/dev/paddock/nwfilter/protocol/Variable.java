package dev.paddock.nwfilter.protocol;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value that comes from the parameters of the interface: {@code $IP}, the item of a list {@code $IP[3]}, or each item
 * of a list {@code $IP[@1]}; lists with the same number are iterated together (formatnwfilter, "Element access via
 * subscripts").
 */
public final class Variable {
    /** The highest iterator: VIR_NWFILTER_MAX_ITERID. */
    private static final int MOST_ITERATORS = 1000;

    private static final String SYNTAX = "\\$[a-zA-Z0-9_]+(?:\\[ *@?[0-9]+ *\\] *)?";
    private static final Pattern WHOLE = Pattern.compile(SYNTAX);

    /** libvirt does not read what follows the bracket. */
    private static final Pattern SUBSCRIPTED =
            Pattern.compile("(\\$[a-zA-Z0-9_]*)\\[\\s*(@?)\\s*\\+?([0-9]{1,10})\\s*\\].*", Pattern.DOTALL);

    static final ScalarType TYPE = new ScalarType(
            "a variable",
            Map.of("type", "string", "pattern", "^(" + SYNTAX + ")$", "examples", List.of("$IP", "$PORTS[@1]")),
            Variable::read);

    private Variable() {}

    public static boolean is(String text) {
        return text.startsWith("$");
    }

    /**
     * Return the canonical form that also handles variables, in libvirt's spelling: {@code $IP[@0]} becomes
     * {@code $IP}.
     */
    public static Normalizer or(Normalizer canon) {
        return text -> is(text) ? canonical(text) : canon.apply(text);
    }

    /** Return the type that also allows variables. */
    static ScalarType or(ScalarType type) {
        var both = Types.anyOf(type.name() + " or a variable such as $IP", type, TYPE);
        return new ScalarType(
                both.name(),
                both.jsonSchema(),
                text -> is(text) ? TYPE.read().apply(text) : type.read().apply(text));
    }

    /** Return the use of a variable that a value consists of; absent if it is not a variable. */
    static Optional<VariableUse> use(String text) {
        if (!is(text)) {
            return Optional.empty();
        }
        var parts = SUBSCRIPTED.matcher(text);
        return Optional.of(
                parts.matches()
                        ? new VariableUse(
                                parts.group(1).substring(1), !parts.group(2).isEmpty(), (int)
                                        Math.min(Long.parseLong(parts.group(3)), Integer.MAX_VALUE))
                        : new VariableUse(text.substring(1), true, 0));
    }

    private static String canonical(String text) {
        var parts = SUBSCRIPTED.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        var number = Long.parseLong(parts.group(3));
        var iterates = !parts.group(2).isEmpty();
        return iterates && number == 0 ? parts.group(1) : parts.group(1) + "[" + parts.group(2) + number + "]";
    }

    private static Reading read(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return new Reading.Bad("'" + text + "' is not a variable, such as $IP, $IP[1] or $IP[@1].");
        }
        var parts = SUBSCRIPTED.matcher(text);
        return parts.matches() && !parts.group(2).isEmpty() && Long.parseLong(parts.group(3)) > MOST_ITERATORS
                ? new Reading.Bad("The iterator of '" + text + "' is higher than " + MOST_ITERATORS + ".")
                : new Reading.Good(canonical(text));
    }
}
