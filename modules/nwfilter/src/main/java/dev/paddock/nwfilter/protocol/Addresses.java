package dev.paddock.nwfilter.protocol;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** IPv4, IPv6 and MAC addresses, and their masks. */
public final class Addresses {
    private static final Pattern DOTTED = Pattern.compile("([0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");

    /** The C library, which parses addresses for libvirt here, reads a leading zero as octal. */
    private static final Normalizer OCTAL_IPV4 = text -> DOTTED.matcher(text).matches()
            ? Arrays.stream(text.split("\\."))
                    .map(part -> OCTAL.matcher(part).matches() ? Integer.toString(Integer.parseInt(part, 8)) : part)
                    .collect(Collectors.joining("."))
            : text;

    static final ValueFormat MAC = new ValueFormat(Types.MAC, Normalizers.MAC_ADDRESS).orVariable();

    static final ValueFormat MAC_MASK = new ValueFormat(
                    Types.refined(
                            Types.MAC,
                            "a MAC mask",
                            text -> contiguous(text)
                                    ? new Reading.Good(text)
                                    : new Reading.Bad(
                                            "'" + text + "' is not a mask: after the first 0 bit comes a 1 bit.")),
                    Normalizers.MAC_ADDRESS)
            .orVariable();

    static final ValueFormat IPV4 = new ValueFormat(
                    new ScalarType("an IPv4 address", Map.of("type", "string"), Addresses::ipv4),
                    OCTAL_IPV4.then(Normalizers.ADDRESS))
            .orVariable();

    public static final ValueFormat IPV6 = new ValueFormat(
                    new ScalarType("an IPv6 address", Map.of("type", "string"), Addresses::ipv6), Normalizers.ADDRESS)
            .orVariable();

    /** Allows host names beside addresses. Documents contain no names. */
    static final ValueFormat NAMED_IPV4 = orName(IPV4);

    static final ValueFormat NAMED_IPV6 = orName(IPV6);

    static final ValueFormat IPV4_MASK = mask("a netmask or a prefix length up to 32", 32, IPV4.type(), OCTAL_IPV4);
    static final ValueFormat IPV6_MASK =
            mask("an IPv6 mask or a prefix length up to 128", 128, IPV6.type(), Normalizer.TEXT);

    private Addresses() {}

    private static ValueFormat orName(ValueFormat address) {
        var type = address.type();
        return new ValueFormat(
                new ScalarType(
                        type.name().replace(" or ", ", a name such as github.com, or "),
                        type.jsonSchema(),
                        text -> HostNameExpansion.is(text)
                                ? new Reading.Good(text)
                                : type.read().apply(text)),
                address.canon());
    }

    private static ValueFormat mask(String name, int bits, ScalarType address, Normalizer before) {
        var length = Types.integer(name, 0, bits);
        var type = new ScalarType(name, Map.of("type", List.of("integer", "string")), text -> {
            if (text.strip().matches("[0-9]+")) {
                return length.read().apply(text);
            }
            return address.read().apply(text) instanceof Reading.Good
                            && !Normalizers.PREFIX.apply(text).equals(text)
                    ? new Reading.Good(text)
                    : new Reading.Bad("'" + text + "' is not " + name + ".");
        });
        Normalizer strip = String::strip;
        return new ValueFormat(type, strip.then(before).then(Normalizers.PREFIX)).orVariable();
    }

    private static Reading ipv4(String text) {
        if (!DOTTED.matcher(text).matches() || IpAddress.parse(text).isEmpty()) {
            return new Reading.Bad("'" + text + "' is not an IPv4 address.");
        }
        return OCTAL_IPV4.apply(text).equals(text)
                ? new Reading.Good(text)
                : new Reading.Bad("A part of '" + text + "' starts with 0, which libvirt would read as octal.");
    }

    /** libvirt's schema requires at least two colons, which every IPv6 address has. */
    private static Reading ipv6(String text) {
        return text.contains(":") && IpAddress.parse(text).isPresent()
                ? new Reading.Good(text)
                : new Reading.Bad("'" + text + "' is not an IPv6 address.");
    }

    private static boolean contiguous(String mask) {
        var bits = Arrays.stream(mask.split(":"))
                .map(part -> "%8s"
                        .formatted(Integer.toBinaryString(Integer.parseInt(part, 16)))
                        .replace(' ', '0'))
                .collect(Collectors.joining());
        return !bits.contains("01");
    }
}
