package dev.paddock.reach.packet;

import dev.paddock.api.rule.Normalizers;
import java.util.Optional;

/**
 * A MAC address.
 *
 * @param bits its 48 bits, the first octet highest
 */
public record MacAddress(long bits) {
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    /** The group address of bridges; ebtables calls it BGA. */
    public static final MacAddress BRIDGES = new MacAddress(0x0180_c200_0000L);

    public static final MacAddress NONE = new MacAddress(0);

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("[%x] has more than 48 bits".formatted(bits));
        }
    }

    /** Return the address, in any notation that libvirt accepts; absent for anything else. */
    public static Optional<MacAddress> parse(String text) {
        var digits = Normalizers.MAC_ADDRESS.apply(text).replace(":", "");
        return digits.length() == 12 && digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)
                ? Optional.of(new MacAddress(Long.parseLong(digits, 16)))
                : Optional.empty();
    }

    /** Return the address. The text must be valid. */
    public static MacAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("[%s] is no MAC address".formatted(text)));
    }

    /** Return whether the address is a multicast or broadcast address. */
    public boolean isMulticast() {
        return ((bits >>> 40) & 1) == 1;
    }

    @Override
    public String toString() {
        return "%012x".formatted(bits).replaceAll("(..)(?!$)", "$1:");
    }
}
