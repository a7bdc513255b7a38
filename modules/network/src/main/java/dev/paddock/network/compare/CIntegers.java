package dev.paddock.network.compare;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as C reads them. */
public final class CIntegers {
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");

    /**
     * A whole number with the base of its prefix: {@code 010} is 8. libvirt reads some attributes so (strtoul with base
     * 0), among them the expiry of a lease, and most others as decimal.
     */
    public static final Normalizer C = text -> OCTAL.matcher(text.strip()).matches()
            ? new BigInteger(text.strip(), 8).toString()
            : Normalizers.INTEGER.apply(text);

    private CIntegers() {}
}
