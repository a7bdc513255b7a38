package dev.paddock.reach.packet;

import dev.paddock.api.rule.Normalizers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address.
 *
 * @param isSix whether it is an IPv6 address
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits, or all 32
 */
public record IpAddress(boolean isSix, long high, long low) implements Comparable<IpAddress> {
    public static final IpAddress ANY = new IpAddress(false, 0, 0);
    public static final IpAddress BROADCAST = new IpAddress(false, 0, 0xffff_ffffL);

    /** Return the literal address; absent for anything else. Looks up no names. */
    public static Optional<IpAddress> parse(String text) {
        if (!Normalizers.isAddress(text)) {
            return Optional.empty();
        }
        try {
            // Java reads an IPv4-mapped address as an IPv4 address.
            var bytes = InetAddress.getByName(text).getAddress();
            if (bytes.length == 16) {
                return Optional.of(of(bytes));
            }
            var four = of(bytes);
            return Optional.of(text.indexOf(':') < 0 ? four : new IpAddress(true, 0, 0xffff_0000_0000L | four.low));
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }

    /** Return the address. The text must be valid. */
    public static IpAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("[%s] is no IP address".formatted(text)));
    }

    /** Return the address with these 4 or 16 octets. */
    public static IpAddress of(byte[] octets) {
        var buffer = ByteBuffer.wrap(octets);
        return octets.length == 4
                ? new IpAddress(false, 0, buffer.getInt() & 0xffff_ffffL)
                : new IpAddress(true, buffer.getLong(), buffer.getLong());
    }

    /** Return the 4 or 16 octets. */
    public byte[] octets() {
        return isSix
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** Return the address at this distance after this one. */
    public IpAddress plus(long count) {
        var sum = low + count;
        return isSix
                ? new IpAddress(true, Long.compareUnsigned(sum, low) < 0 ? high + 1 : high, sum)
                : new IpAddress(false, 0, sum & 0xffff_ffffL);
    }

    @Override
    public int compareTo(IpAddress other) {
        if (isSix != other.isSix) {
            return isSix ? 1 : -1;
        }
        var byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        try {
            return Normalizers.ADDRESS.apply(InetAddress.getByAddress(octets()).getHostAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("An address of another length. This is a bug in this tool.", impossible);
        }
    }
}
