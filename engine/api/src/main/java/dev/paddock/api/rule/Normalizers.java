package dev.paddock.api.rule;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The canonical forms that several kinds share. */
public final class Normalizers {
    private static final byte[] NONE = {};
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern MAC = Pattern.compile("([0-9a-fA-F]{1,2}[:-]){5}[0-9a-fA-F]{1,2}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");

    /** Lower-case text. */
    public static final Normalizer LOWER = text -> text.toLowerCase(Locale.ROOT);

    /** A MAC address: two lower-case digits per octet, separated by colons. */
    public static final Normalizer MAC_ADDRESS = text -> MAC.matcher(text).matches()
            ? Arrays.stream(text.toLowerCase(Locale.ROOT).split("[:-]"))
                    .map(part -> part.length() == 1 ? "0" + part : part)
                    .collect(Collectors.joining(":"))
            : text;

    /** A whole number, decimal or hexadecimal after {@code 0x}; a leading zero does not make it octal. */
    public static final Normalizer INTEGER = text -> {
        if (isPlain(text)) {
            return text;
        }
        var number = text.strip();
        if (DECIMAL.matcher(number).matches()) {
            return new BigInteger(number).toString();
        }
        return HEXADECIMAL.matcher(number).matches() ? new BigInteger(number.substring(2), 16).toString() : text;
    };

    /**
     * A whole number with the base given by its prefix: {@code 010} is 8. libvirt parses some attributes this way
     * (strtoul with base 0), among them the expiry of a DHCP lease and the parts of a PCI address, but most others as
     * decimal.
     */
    public static final Normalizer C_INTEGER = text ->
            OCTAL.matcher(text.strip()).matches() ? new BigInteger(text.strip(), 8).toString() : INTEGER.apply(text);

    /** A UUID in lower case with dashes. */
    public static final Normalizer UUID = text -> {
        var digits = text.replace("-", "").strip().toLowerCase(Locale.ROOT);
        return digits.length() == 32 ? digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") : text;
    };

    /** An IPv4 or IPv6 address, IPv6 in the short form of RFC 5952, section 4. */
    public static final Normalizer ADDRESS = text -> {
        var bytes = bytes(text);
        return bytes.length == 0 ? text : shortest(bytes);
    };

    /** An IPv4 netmask in dotted form, or a prefix length, as a prefix length. */
    public static final Normalizer PREFIX = text -> {
        if (DECIMAL.matcher(text).matches()) {
            return INTEGER.apply(text);
        }
        var bytes = bytes(text);
        if (bytes.length == 0) {
            return text;
        }
        var mask = new BigInteger(1, bytes);
        var bits = bytes.length * 8;
        var ones = mask.bitCount();
        var contiguous = BigInteger.ONE
                .shiftLeft(ones)
                .subtract(BigInteger.ONE)
                .shiftLeft(bits - ones)
                .equals(mask);
        return contiguous ? Integer.toString(ones) : text;
    };

    /** A boolean in any of libvirt's words, as {@code yes} or {@code no}. */
    public static final Normalizer TRUTH = text -> switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "true", "on", "1" -> "yes";
        case "no", "false", "off", "0" -> "no";
        default -> text;
    };

    private Normalizers() {}

    /** Return whether the text is a literal IPv4 or IPv6 address. Never resolves names. */
    public static boolean isAddress(String text) {
        return bytes(text).length > 0;
    }

    /** Return whether a text is already a number in canonical form, as nearly all are. */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || (text.charAt(0) == '0' && text.length() > 1)) {
            return false;
        }
        return isDigits(text, 0, text.length());
    }

    private static boolean isDigits(String text, int start, int end) {
        for (var i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return start < end;
    }

    /** Return the 4 or 16 bytes of an address; empty if it is not an address. */
    private static byte[] bytes(String text) {
        return text.indexOf(':') < 0 ? four(text) : sixteen(text);
    }

    /** Parses without regular expressions, which take five times as long: networks contain many addresses. */
    private static byte[] four(String text) {
        var bytes = new byte[4];
        var start = 0;
        for (var i = 0; i < 4; i++) {
            var dot = text.indexOf('.', start);
            var end = i == 3 ? text.length() : dot;
            if (end < 0 || end - start > 3 || !isDigits(text, start, end)) {
                return NONE;
            }
            var number = Integer.parseInt(text, start, end, 10);
            if (number > 255) {
                return NONE;
            }
            bytes[i] = (byte) number;
            start = end + 1;
        }
        return bytes;
    }

    /** The text contains only digits, dots and colons, so the platform parses it without asking a resolver. */
    private static byte[] sixteen(String text) {
        if (!IPV6.matcher(text).matches()) {
            return NONE;
        }
        try {
            var bytes = InetAddress.getByName("[" + text + "]").getAddress();
            // The platform returns an IPv4-mapped address as IPv4.
            return bytes.length == 4 ? mapped(bytes) : bytes;
        } catch (UnknownHostException invalid) {
            return NONE;
        }
    }

    private static byte[] mapped(byte[] four) {
        var sixteen = new byte[16];
        sixteen[10] = (byte) 0xff;
        sixteen[11] = (byte) 0xff;
        System.arraycopy(four, 0, sixteen, 12, 4);
        return sixteen;
    }

    private static String shortest(byte[] bytes) {
        if (bytes.length == 4) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        var groups = new int[8];
        for (var i = 0; i < 8; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
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
