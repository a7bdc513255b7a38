package dev.paddock.storage;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as C reads them. */
final class Numbers {
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");

    /**
     * A whole number with the base of its prefix: {@code 010} is 8. libvirt reads the parts of a PCI address so
     * (strtoul with base 0).
     */
    static final Normalizer C = text -> OCTAL.matcher(text.strip()).matches()
            ? new BigInteger(text.strip(), 8).toString()
            : Normalizers.INTEGER.apply(text);

    private Numbers() {}
}
