package dev.paddock.api.identity;

import java.util.Locale;

/** MAC addresses that follow from a text, so that who is made anew from the same has the same. */
public final class DerivedMacAddress {
    private DerivedMacAddress() {}

    /** Return the address that a text stands for. The first half is QEMU's. */
    public static String of(String seed) {
        var hash = Sha256.of(seed);
        return String.format(Locale.ROOT, "52:54:00:%02x:%02x:%02x", hash[0], hash[1], hash[2]);
    }
}
