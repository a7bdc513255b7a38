package dev.paddock.nwfilter.protocol;

import dev.paddock.api.rule.Normalizers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The canonical form of attribute values. */
public final class CanonicalValue {
    private static final Map<String, Integer> NAMES = names();

    private CanonicalValue() {}

    /** Return the canonical form of an attribute's value. */
    public static String canonical(String protocol, String attribute, String value) {
        return Protocols.named(protocol)
                .flatMap(known -> known.attribute(attribute))
                .map(known -> known.notation().canon().apply(value))
                .orElse(value);
    }

    /** Return the number that a canonical value stands for: digits, or the name of a protocol or operation. */
    public static OptionalLong number(String value) {
        var named = NAMES.get(value.toLowerCase(Locale.ROOT));
        if (named != null) {
            return OptionalLong.of(named);
        }
        var digits = Normalizers.INTEGER.apply(value);
        return digits.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /** Return the variable that a value consists of: {@code $NAME}, {@code $NAME[1]} or {@code $NAME[@1]}. */
    public static Optional<VariableUse> variable(String value) {
        return Variable.use(value);
    }

    private static Map<String, Integer> names() {
        Map<String, Integer> all = new HashMap<>();
        for (var names : List.of(NumberFormats.FRAMES, NumberFormats.PROTOCOLS, NumberFormats.OPERATIONS)) {
            names.forEach((name, number) -> all.put(name.toLowerCase(Locale.ROOT), number));
        }
        return Map.copyOf(all);
    }
}
