package dev.paddock.api.net;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses that share a prefix. */
public record Subnet(IpAddress address, int prefix) {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+");

    public Subnet {
        if (prefix < 0 || prefix > address.width()) {
            throw new IllegalArgumentException("[%d] is no prefix of %s".formatted(prefix, address));
        }
    }

    /**
     * Return the subnet of an address, optionally followed by a slash and a prefix length or netmask; absent for
     * anything else.
     */
    public static Optional<Subnet> parse(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? IpAddress.parse(text).map(one -> new Subnet(one, one.width()))
                : parse(text.substring(0, slash), text.substring(slash + 1));
    }

    /**
     * Return the subnet of an address; absent for anything else.
     *
     * @param prefix its length in bits, or a netmask
     */
    public static Optional<Subnet> parse(String address, String prefix) {
        var length = prefixLength(prefix).orElse(-1);
        return IpAddress.parse(address)
                .filter(one -> length >= 0 && length <= one.width())
                .map(one -> new Subnet(one, length));
    }

    /** Return the subnet. The text must be valid. */
    public static Subnet of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("[%s] is no subnet".formatted(text)));
    }

    /** Return the prefix length of a text that is one in decimal, or a netmask; absent for anything else. */
    public static Optional<Integer> prefixLength(String text) {
        if (DECIMAL.matcher(text).matches()) {
            var number = new BigInteger(text);
            return number.bitLength() < 31 ? Optional.of(number.intValue()) : Optional.empty();
        }
        return IpAddress.parse(text).flatMap(Subnet::ones);
    }

    /** Return the number of leading one bits of a mask; absent if a one follows a zero. */
    private static Optional<Integer> ones(IpAddress mask) {
        var ones = Long.bitCount(mask.high()) + Long.bitCount(mask.low());
        return new Subnet(mask, ones).first().equals(mask) ? Optional.of(ones) : Optional.empty();
    }

    public boolean contains(IpAddress other) {
        return other.isSix() == address.isSix()
                && new Subnet(other, prefix).first().equals(first());
    }

    /** Return the first address of the subnet. */
    public IpAddress first() {
        if (!address.isSix()) {
            return new IpAddress(false, 0, ((address.low() << 32) & mask(prefix)) >>> 32);
        }
        return new IpAddress(
                true, address.high() & mask(Math.min(prefix, 64)), address.low() & mask(Math.max(prefix - 64, 0)));
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
