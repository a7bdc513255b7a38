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
 * A value that the interface's parameters give: {@code $IP}, the third of a list {@code $IP[3]}, or each of a list in
 * turn {@code $IP[@1]}, where the number says which lists go hand in hand (formatnwfilter, "Element access via
 * subscripts").
 */
public final class Variable {
    /** The highest iterator, VIR_NWFILTER_MAX_ITERID. */
    private static final int MOST_ITERATORS = 1000;

    private static final String SYNTAX = "\\$[a-zA-Z0-9_]+(?:\\[ *@?[0-9]+ *\\] *)?";
    private static final Pattern WHOLE = Pattern.compile(SYNTAX);

    /** What stands after the bracket is not read by libvirt. */
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

    /** Return the canon with variables in libvirt's own spelling; {@code $IP[@0]} is {@code $IP}. */
    public static Normalizer or(Normalizer canon) {
        return text -> is(text) ? canonical(text) : canon.apply(text);
    }

    /** Return the type with variables beside its values. */
    static ScalarType or(ScalarType type) {
        var both = Types.anyOf(type.name() + " or a variable such as $IP", type, TYPE);
        return new ScalarType(
                both.name(),
                both.jsonSchema(),
                text -> is(text) ? TYPE.read().apply(text) : type.read().apply(text));
    }

    /** Return what a value that is a variable asks for. */
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
