package dev.paddock.api.rule;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.MacAddress;
import dev.paddock.api.net.Subnet;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** The canonical forms that several kinds share. */
public final class Normalizers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");

    /** Lower-case text. */
    public static final Normalizer LOWER = text -> text.toLowerCase(Locale.ROOT);

    /** A MAC address: two lower-case digits per octet, separated by colons. */
    public static final Normalizer MAC_ADDRESS =
            text -> MacAddress.parse(text).map(MacAddress::toString).orElse(text);

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
    public static final Normalizer ADDRESS =
            text -> IpAddress.parse(text).map(IpAddress::toString).orElse(text);

    /** An IPv4 netmask in dotted form, or a prefix length, as a prefix length. */
    public static final Normalizer PREFIX = text -> DECIMAL.matcher(text).matches()
            ? INTEGER.apply(text)
            : Subnet.prefixLength(text).map(Object::toString).orElse(text);

    /** A boolean in any of libvirt's words, as {@code yes} or {@code no}. */
    public static final Normalizer TRUTH = text -> switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "true", "on", "1" -> "yes";
        case "no", "false", "off", "0" -> "no";
        default -> text;
    };

    private Normalizers() {}

    /** Return whether a text is already a number in canonical form, as nearly all are. */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || (text.charAt(0) == '0' && text.length() > 1)) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
