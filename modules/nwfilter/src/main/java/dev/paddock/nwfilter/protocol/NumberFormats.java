package dev.paddock.nwfilter.protocol;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Integers, decimal or hexadecimal, and the names of some of them. */
public final class NumberFormats {
    static final Map<String, Integer> FRAMES =
            Map.of("arp", 0x806, "rarp", 0x8035, "ipv4", 0x800, "ipv6", 0x86dd, "vlan", 0x8100);

    static final Map<String, Integer> PROTOCOLS = Map.of(
            "tcp", 6, "udp", 17, "udplite", 136, "esp", 50, "ah", 51, "icmp", 1, "igmp", 2, "sctp", 132, "icmpv6", 58);

    /** The names that ebtables uses. */
    static final Map<String, Integer> OPERATIONS = Map.of(
            "Request", 1,
            "Reply", 2,
            "Request_Reverse", 3,
            "Reply_Reverse", 4,
            "DRARP_Request", 5,
            "DRARP_Reply", 6,
            "DRARP_Error", 7,
            "InARP_Request", 8,
            "ARP_NAK", 9);

    /** A byte. libvirt's schema does not allow a variable here. */
    static final ValueFormat BYTE = number("a number from 0 to 255", 0, 0xff);

    static final ValueFormat WORD =
            number("a number from 0 to 65535", 0, 0xffff).orVariable();

    /** libvirt's schema allows hexadecimal digits here; libvirt itself does not. */
    static final ValueFormat COUNT =
            new ValueFormat(Types.integer("a number from 0 to 65535", 0, 0xffff), Normalizers.INTEGER).orVariable();

    static final ValueFormat LONG =
            number("a number from 0 to 4294967295", 0, 0xffff_ffffL).orVariable();
    static final ValueFormat DSCP = number("a number from 0 to 63", 0, 63).orVariable();
    static final ValueFormat VLAN = number("a number from 0 to 4095", 0, 4095).orVariable();

    /** A type of Ethernet frame. Lower numbers are lengths. */
    static final ValueFormat FRAME =
            named("a protocol of Ethernet frames", 0x600, 0xffff, FRAMES).orVariable();

    public static final ValueFormat PROTOCOL =
            named("an IP protocol", 0, 0xff, PROTOCOLS).orVariable();

    /** An ARP operation, with the names that ebtables uses. */
    static final ValueFormat OPERATION =
            named("an ARP operation", 0, 0xffff, OPERATIONS).orVariable();

    private NumberFormats() {}

    private static ValueFormat number(String name, long least, long most) {
        var type = new ScalarType(
                name,
                Map.of(
                        "anyOf",
                        List.of(
                                Map.of("type", "integer", "minimum", least, "maximum", most),
                                Map.of("type", "string", "pattern", "^0x[0-9a-fA-F]{1,8}$"))),
                text -> read(text, name, least, most));
        return new ValueFormat(type, Normalizers.INTEGER);
    }

    private static Reading read(String text, String name, long least, long most) {
        var digits = text.strip();
        if (!digits.matches("[0-9]{1,10}|0x[0-9a-fA-F]{1,8}")) {
            return new Reading.Bad("'" + text + "' is not " + name + ".");
        }
        var number = Long.parseLong(Normalizers.INTEGER.apply(digits));
        return number < least || number > most
                ? new Reading.Bad(text + " is not between " + least + " and " + most + ".")
                : new Reading.Good(digits);
    }

    private static ValueFormat named(String name, long least, long most, Map<String, Integer> numbers) {
        var names = numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        var number = number(name, least, most).type();
        var word = Types.oneOf(name, names.toArray(String[]::new));
        var schema = Map.<String, Object>of("anyOf", List.of(word.jsonSchema(), number.jsonSchema()));
        var type = new ScalarType(
                name,
                schema,
                text -> (text.isBlank() || Character.isDigit(text.strip().charAt(0)) ? number : word)
                        .read()
                        .apply(text));
        Normalizer canon = text -> numbers.entrySet().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))
                        || entry.getValue().toString().equals(Normalizers.INTEGER.apply(text)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> Normalizers.INTEGER.apply(text));
        return new ValueFormat(type, canon);
    }
}
