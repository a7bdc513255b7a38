package dev.paddock.reach.matrix;

import java.util.Locale;

/** A forbidden action that a VM may attempt, such as a forged address. */
public enum SpoofingAttempt {
    FORGED_MAC("a forged MAC address"),
    FORGED_IP("a forged IP address"),
    ARP_AS_GATEWAY("posing as the gateway by ARP"),
    VLAN_TAG("a VLAN tag"),
    OTHER_PROTOCOL("another protocol than IP");

    /** An EtherType for experiments (IEEE 802, local experimental). */
    static final int EXPERIMENTAL = 0x88b5;

    private final String words;

    SpoofingAttempt(String words) {
        this.words = words;
    }

    /** Return it as one word, as in JSON output and in {@code expect}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Return it in words, as in the text of a matrix. */
    public String words() {
        return words;
    }
}
