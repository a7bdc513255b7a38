package dev.paddock.api.identity;

import java.util.Locale;

/** MAC addresses derived from a text, so that a recreated VM keeps its address. */
public final class DerivedMacAddress {
    private DerivedMacAddress() {}

    /** Return the address derived from a text. The first half is QEMU's prefix. */
    public static String of(String seed) {
        var hash = Sha256.of(seed);
        return String.format(Locale.ROOT, "52:54:00:%02x:%02x:%02x", hash[0], hash[1], hash[2]);
    }
}
