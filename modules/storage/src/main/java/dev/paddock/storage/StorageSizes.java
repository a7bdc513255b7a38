package dev.paddock.storage;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.xml.Element;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sizes with units, as virScaleInteger in libvirt's src/util/virutil.c reads them: KB is 1000 bytes, K and KiB are
 * 1024.
 */
public final class StorageSizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})\\s*([a-zA-Z]*)");
    private static final String PREFIXES = "kmgtpe";

    /** A size, in bytes for templates. */
    public static final ScalarType TYPE = new ScalarType(
            "a size",
            Map.of(
                    "type", List.of("string", "integer"),
                    "pattern", "^[0-9]{1,18} ?([bB]([yY][tT][eE][sS]?)?|[kKmMgGtTpPeE]([iI]?[bB])?)?$",
                    "examples", List.of("10 GiB")),
            text -> bytes(text)
                    .<Reading>map(Reading.Good::new)
                    .orElseGet(() -> new Reading.Bad("'" + text + "' is not a size, such as 10 GiB or 512 MiB.")));

    private StorageSizes() {}

    /** Return the size of an element in bytes; empty if it is not a size. */
    public static Optional<String> bytes(Element element) {
        return bytes(element.text().strip() + " " + element.attribute("unit").orElse(""));
    }

    private static Optional<String> bytes(String text) {
        var size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        return known(size.group(2))
                .map(factor -> new BigInteger(size.group(1)).multiply(factor).toString());
    }

    /** Return the number of bytes in a unit. */
    static long factor(String unit) {
        return known(unit).orElseThrow().longValueExact();
    }

    private static Optional<BigInteger> known(String unit) {
        var lower = unit.toLowerCase(Locale.ROOT);
        if (List.of("", "b", "byte", "bytes").contains(lower)) {
            return Optional.of(BigInteger.ONE);
        }
        var power = PREFIXES.indexOf(lower.charAt(0)) + 1;
        var rest = lower.substring(1);
        if (power == 0 || !List.of("", "b", "ib").contains(rest)) {
            return Optional.empty();
        }
        return Optional.of(BigInteger.valueOf(rest.equals("b") ? 1000 : 1024).pow(power));
    }
}
