package dev.paddock.vm.document;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.ValueMatcher;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The canonical forms of values that only VMs have. */
public final class VmNormalizers {
    private static final int DIGITS = 10;
    private static final int MOST_CPUS = 16_384;
    private static final Pattern BITMAP =
            Pattern.compile("\\s*\\^?[0-9]+(-[0-9]+)?(\\s*,\\s*\\^?[0-9]+(-[0-9]+)?)*\\s*,?\\s*");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+.*|rhel.*");
    private static final Map<String, String> FAMILIES = Map.of("pc", "pc-i440fx-", "q35", "pc-q35-");

    /** The factors of virScaleInteger (src/util/virutil.c). The case of a suffix has no meaning. */
    private static final Map<String, BigInteger> UNITS = Map.ofEntries(
            Map.entry("", BigInteger.ONE),
            Map.entry("b", BigInteger.ONE),
            Map.entry("byte", BigInteger.ONE),
            Map.entry("bytes", BigInteger.ONE),
            Map.entry("k", power(1024, 1)),
            Map.entry("kib", power(1024, 1)),
            Map.entry("kb", power(1000, 1)),
            Map.entry("m", power(1024, 2)),
            Map.entry("mib", power(1024, 2)),
            Map.entry("mb", power(1000, 2)),
            Map.entry("g", power(1024, 3)),
            Map.entry("gib", power(1024, 3)),
            Map.entry("gb", power(1000, 3)),
            Map.entry("t", power(1024, 4)),
            Map.entry("tib", power(1024, 4)),
            Map.entry("tb", power(1000, 4)),
            Map.entry("p", power(1024, 5)),
            Map.entry("pib", power(1024, 5)),
            Map.entry("pb", power(1000, 5)),
            Map.entry("e", power(1024, 6)),
            Map.entry("eib", power(1024, 6)),
            Map.entry("eb", power(1000, 6)));

    /** A set of processors or nodes, as ranges in ascending order. */
    public static final Normalizer BITMAP_SET = VmNormalizers::bitmap;

    /** A USB version. libvirt writes two digits after the point. */
    public static final Normalizer USB_VERSION = text ->
            text.matches("[0-9]+\\.[0-9]") ? text.replaceFirst("\\.", ".") + "0" : text.toLowerCase(Locale.ROOT);

    /**
     * A machine type matches its alias: {@code q35} matches pc-q35-7.2 and every other version, as a VM keeps the
     * version that it was defined with.
     */
    public static final ValueMatcher MACHINE = (declared, observed) -> {
        var family = FAMILIES.getOrDefault(declared, declared + "-");
        return declared.equals(observed)
                || (observed.startsWith(family)
                        && VERSION.matcher(observed.substring(family.length())).matches());
    };

    /** An empty element lets libvirt choose. */
    public static final ValueMatcher EMPTY_IS_CHOSEN =
            (declared, observed) -> declared.isEmpty() || declared.equals(observed);

    private VmNormalizers() {}

    /**
     * Return an amount in another unit, rounded up as in libvirt; absent if it is not an amount.
     *
     * @param unit empty for the fallback
     */
    public static Optional<String> scaled(String amount, String unit, String fallback, long in) {
        var factor = UNITS.get((unit.isEmpty() ? fallback : unit).toLowerCase(Locale.ROOT));
        if (factor == null || !amount.strip().matches("[0-9]+")) {
            return Optional.empty();
        }
        var bytes = new BigInteger(amount.strip()).multiply(factor);
        var size = BigInteger.valueOf(in);
        return Optional.of(bytes.add(size).subtract(BigInteger.ONE).divide(size).toString());
    }

    /** Return a number in a form that sorts by value. */
    public static String padded(String number) {
        return number.length() < DIGITS ? "0".repeat(DIGITS - number.length()) + number : number;
    }

    private static BigInteger power(long base, int exponent) {
        return BigInteger.valueOf(base).pow(exponent);
    }

    private static String bitmap(String text) {
        var set = members(text);
        if (set.isEmpty()) {
            return text;
        }
        return ranges(set.get());
    }

    public static String ranges(BitSet set) {
        List<String> ranges = new ArrayList<>();
        for (var start = set.nextSetBit(0); start >= 0; ) {
            var end = set.nextClearBit(start) - 1;
            ranges.add(start == end ? Integer.toString(start) : start + "-" + end);
            start = set.nextSetBit(end + 1);
        }
        return String.join(",", ranges);
    }

    /** Return the members of a set; absent if the text is not a set. */
    public static Optional<BitSet> members(String text) {
        if (!BITMAP.matcher(text).matches()) {
            return Optional.empty();
        }
        var set = new BitSet();
        for (var part : text.replaceAll("\\s", "").split(",", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            var out = part.startsWith("^");
            var bounds = (out ? part.substring(1) : part).split("-", -1);
            var from = number(bounds[0]);
            var to = number(bounds[bounds.length - 1]);
            if (from > to || to > MOST_CPUS) {
                return Optional.empty();
            }
            set.set(from, to + 1, !out);
        }
        return Optional.of(set);
    }

    private static int number(String digits) {
        return digits.length() > 6 ? MOST_CPUS + 1 : Integer.parseInt(digits);
    }

    /** A number in C notation: a leading zero means octal. */
    public static final Normalizer C_NUMBER =
            text -> text.matches("0[0-7]+") ? new BigInteger(text, 8).toString() : Normalizers.INTEGER.apply(text);
}
