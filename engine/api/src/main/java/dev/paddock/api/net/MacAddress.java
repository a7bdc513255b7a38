package dev.paddock.api.net;

import dev.paddock.api.identity.Sha256;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final HexFormat OCTETS = HexFormat.ofDelimiter(":");
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F]{1,2}[:-]){5}[0-9a-fA-F]{1,2}");

    /** The prefix of addresses that QEMU's users choose. */
    private static final long QEMU = 0x5254_0000_0000L;

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("[%x] has more than 48 bits".formatted(bits));
        }
    }

    /** Return the address, in any notation that libvirt accepts; absent for anything else. */
    public static Optional<MacAddress> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        var bits = 0L;
        for (var octet : text.split("[:-]", -1)) {
            bits = bits << 8 | Integer.parseInt(octet, 16);
        }
        return Optional.of(new MacAddress(bits));
    }

    /** Return the address. The text must be valid. */
    public static MacAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("[%s] is no MAC address".formatted(text)));
    }

    /** Return an address derived from a text, so that a recreated VM keeps its address. */
    public static MacAddress derived(String seed) {
        var hash = Sha256.of(seed);
        return new MacAddress(QEMU | (hash[0] & 0xffL) << 16 | (hash[1] & 0xffL) << 8 | (hash[2] & 0xffL));
    }

    /** Return whether the address is a multicast or broadcast address. */
    public boolean isMulticast() {
        return ((bits >>> 40) & 1) == 1;
    }

    /** Return the canonical text: two lower-case digits per octet, separated by colons. */
    @Override
    public String toString() {
        return OCTETS.formatHex(ByteBuffer.allocate(8).putLong(bits).array(), 2, 8);
    }
}
