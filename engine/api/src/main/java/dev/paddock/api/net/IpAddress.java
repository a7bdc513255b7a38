package dev.paddock.api.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final long MAPPED = 0xffff_0000_0000L;

    /** Return the literal address; absent for anything else. Looks up no names. */
    public static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') < 0 ? four(text) : six(text);
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

    /** Parses without regular expressions, which take five times as long: networks contain many addresses. */
    private static Optional<IpAddress> four(String text) {
        var bits = 0L;
        var start = 0;
        for (var i = 0; i < 4; i++) {
            var end = i == 3 ? text.length() : text.indexOf('.', start);
            if (end - start > 3 || !isNumber(text, start, end)) {
                return Optional.empty();
            }
            var octet = Integer.parseInt(text, start, end, 10);
            if (octet > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
            start = end + 1;
        }
        return Optional.of(new IpAddress(false, 0, bits));
    }

    private static boolean isNumber(String text, int start, int end) {
        for (var i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return start < end;
    }

    /** The text contains only digits, dots and colons, so the platform parses it without asking a resolver. */
    private static Optional<IpAddress> six(String text) {
        if (!IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var address = of(InetAddress.getByName("[" + text + "]").getAddress());
            // The platform returns an IPv4-mapped address as IPv4.
            return Optional.of(address.isSix ? address : new IpAddress(true, 0, MAPPED | address.low));
        } catch (UnknownHostException invalid) {
            return Optional.empty();
        }
    }

    /** Return the 4 or 16 octets. */
    public byte[] octets() {
        return isSix
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** Return the number of bits of an address of this family: 32 or 128. */
    public int width() {
        return isSix ? 128 : 32;
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

    /** Return the canonical text; IPv6 in the short form of RFC 5952, section 4. */
    @Override
    public String toString() {
        return isSix
                ? shortest()
                : (low >>> 24) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
    }

    private String shortest() {
        var groups = new int[8];
        for (var i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (16 * (3 - i % 4))) & 0xffff;
        }
        var start = -1;
        var length = 1;
        for (var i = 0; i < 8; i++) {
            var end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        var out = new StringBuilder();
        for (var i = 0; i < 8; i++) {
            if (i == start) {
                out.append("::");
                i += length - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
