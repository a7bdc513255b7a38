package dev.paddock.reach.matrix;

import java.util.Locale;

/** What a guest may try that no honest one does. */
public enum SpoofingAttempt {
    FORGED_MAC("a forged MAC address"),
    FORGED_IP("a forged IP address"),
    ARP_AS_GATEWAY("posing as the gateway by ARP"),
    VLAN_TAG("a VLAN tag"),
    OTHER_PROTOCOL("another protocol than IP");

    /** A type of frames for experiments (IEEE 802, local experimental). */
    static final int EXPERIMENTAL = 0x88b5;

    private final String words;

    SpoofingAttempt(String words) {
        this.words = words;
    }

    /** Return it as one word, as programs and {@code expect} call it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Return it in words, as a matrix prints it. */
    public String words() {
        return words;
    }
}
