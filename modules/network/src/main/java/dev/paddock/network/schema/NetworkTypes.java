package dev.paddock.network.schema;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema.Shorthand;
import dev.paddock.api.schema.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scalars of networks. Their patterns follow libvirt's schema (network.rng, basictypes.rng). */
public final class NetworkTypes {
    /** An address with an optional prefix length, as in {@code ip addr}. */
    static final ScalarType SUBNET = new ScalarType(
            "an IP address, alone or with its prefix length",
            Map.of("type", "string", "examples", List.of("192.168.122.1/24")),
            NetworkTypes::subnet);

    static final ScalarType PREFIX = Types.integer("a prefix length", 0, 128);

    static final ScalarType FAMILY = Types.oneOf("an address family", "ipv4", "ipv6");

    static final ScalarType MODE = Types.oneOf(
            "a forward mode", "none", "nat", "route", "open", "bridge", "private", "vepa", "passthrough", "hostdev");

    /**
     * libvirt accepts longer names in a definition, but the network fails to start: the kernel allows 15 characters.
     */
    static final ScalarType DEVICE = Types.DEVICE;

    static final ScalarType GROUP = Types.pattern("a port group's name", "[a-zA-Z0-9_.\\-\\\\:/]+", "engineering");

    static final ScalarType ZONE = Types.pattern("a firewall zone", "[a-zA-Z0-9_\\-]+", "libvirt");

    static final ScalarType DNS_NAME = Types.pattern("a DNS name", "[a-zA-Z0-9.\\-]+", "example.com");

    static final ScalarType SERVICE = Types.pattern("a service's name", "[a-zA-Z0-9_\\-+/*]+", "ldap");

    static final ScalarType DUID =
            Types.pattern("a DHCP unique identifier", "[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2})+", "0:3:0:1:52:54:0:1:2:3");

    static final ScalarType SPEED = Types.integer("a speed of at least 1", 1, 4_294_967_295L);

    static final ScalarType COUNT = Types.integer("a whole number", 0, 4_294_967_295L);

    static final ScalarType METRIC = Types.integer("a metric of at least 1", 1, 4_294_967_295L);

    static final ScalarType TAG = Types.integer("a VLAN tag", 0, 4095);

    static final ScalarType PORT = Types.integer("a port number", 1, 65535);

    static final ScalarType RECORD_NUMBER = Types.integer("a number from 0 to 65535", 0, 65535);

    /** Parts of a device's address and of a port profile. libvirt accepts decimal and hexadecimal numbers. */
    static final ScalarType NUMBER = Types.pattern("a number", "0x[0-9a-fA-F]{1,6}|[0-9]{1,8}", "0x11");

    static final Shorthand ADDRESSES =
            twoParts("192.168.122.2-192.168.122.254", "([0-9a-fA-F.:]+)\\s*-\\s*([0-9a-fA-F.:]+)", "start", "end");

    static final Shorthand PORTS = twoParts("1024-65535", "([0-9]{1,5})\\s*-\\s*([0-9]{1,5})", "start", "end");

    /** The duration of a DHCP lease. As in libvirt, a bare number means minutes, and 0 means unlimited. */
    static final Shorthand LEASE = new Shorthand("12h", "([0-9]{1,9})([smh]?)", NetworkTypes::lease);

    /** The address of a PCI device, as Linux writes it. */
    public static final Shorthand PCI = new Shorthand(
            "0000:03:10.1", "([0-9a-fA-F]{4}):([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\\.([0-7])", text -> matched(
                            "([0-9a-fA-F]{4}):([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\\.([0-7])", text)
                    .map(parts -> ordered(
                            "domain", "0x" + parts.group(1),
                            "bus", "0x" + parts.group(2),
                            "slot", "0x" + parts.group(3),
                            "function", "0x" + parts.group(4))));

    private NetworkTypes() {}

    /** Return a short form that stands for the value of one field. */
    static Shorthand only(String field, String example) {
        return only(field, example, "[^\\n]+");
    }

    static Shorthand only(String field, String example, String pattern) {
        return new Shorthand(
                example, pattern, text -> matched(pattern, text).map(whole -> ordered(field, whole.group())));
    }

    private static Shorthand twoParts(String example, String pattern, String first, String second) {
        return new Shorthand(example, pattern, text -> matched(pattern, text)
                .map(parts -> ordered(first, parts.group(1), second, parts.group(2))));
    }

    private static Optional<Map<String, String>> lease(String text) {
        return matched("([0-9]{1,9})([smh]?)", text).map(parts -> switch (parts.group(2)) {
            case "s" -> ordered("expiry", parts.group(1), "unit", "seconds");
            case "m" -> ordered("expiry", parts.group(1), "unit", "minutes");
            case "h" -> ordered("expiry", parts.group(1), "unit", "hours");
            default -> ordered("expiry", parts.group(1));
        });
    }

    private static Reading subnet(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (IpAddress.parse(address).isEmpty()) {
            return new Reading.Bad("'" + address + "' is not an IPv4 or IPv6 address.");
        }
        var longest = address.contains(":") ? 128 : 32;
        if (slash >= 0) {
            var length = text.substring(slash + 1);
            if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > longest) {
                return new Reading.Bad("'" + length + "' is not a prefix length between 0 and " + longest + ".");
            }
        }
        return new Reading.Good(text);
    }

    private static Optional<Matcher> matched(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text.strip());
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static Map<String, String> ordered(String... keyThenValue) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (var i = 0; i < keyThenValue.length; i += 2) {
            fields.put(keyThenValue[i], keyThenValue[i + 1]);
        }
        return fields;
    }
}
