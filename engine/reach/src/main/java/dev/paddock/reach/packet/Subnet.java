package dev.paddock.reach.packet;

import dev.paddock.api.rule.Normalizers;
import java.util.Optional;

/** The addresses that share a prefix. */
public record Subnet(IpAddress address, int prefix) {
    public Subnet {
        if (prefix < 0 || prefix > (address.isSix() ? 128 : 32)) {
            throw new IllegalArgumentException("[%d] is no prefix of %s".formatted(prefix, address));
        }
    }

    /**
     * Return the subnet of an address, optionally followed by a slash and a prefix length or netmask; absent for
     * anything else.
     */
    public static Optional<Subnet> parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(one -> new Subnet(one, one.isSix() ? 128 : 32));
        }
        var length = Normalizers.PREFIX.apply(text.substring(slash + 1));
        return IpAddress.parse(text.substring(0, slash))
                .filter(one -> length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= (one.isSix() ? 128 : 32))
                .map(one -> new Subnet(one, Integer.parseInt(length)));
    }

    /** Return the subnet. The text must be valid. */
    public static Subnet of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("[%s] is no subnet".formatted(text)));
    }

    public boolean contains(IpAddress other) {
        if (other.isSix() != address.isSix()) {
            return false;
        }
        if (!address.isSix()) {
            return equal(address.low() << 32, other.low() << 32, prefix);
        }
        return equal(address.high(), other.high(), Math.min(prefix, 64))
                && equal(address.low(), other.low(), Math.max(prefix - 64, 0));
    }

    /** Return the first address of the subnet. */
    public IpAddress first() {
        if (!address.isSix()) {
            return new IpAddress(false, 0, ((address.low() << 32) & mask(prefix)) >>> 32);
        }
        return new IpAddress(
                true, address.high() & mask(Math.min(prefix, 64)), address.low() & mask(Math.max(prefix - 64, 0)));
    }

    private static boolean equal(long one, long other, int bits) {
        return ((one ^ other) & mask(bits)) == 0;
    }

    /** Return a mask of the highest bits. Java shifts by 64 as by 0. */
    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
