package dev.paddock.testkit.generate;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Values that an attribute or a text could have, the likeliest to be accepted first.
 *
 * @param addresses the IP addresses that the document has, near which others are likely to fit
 * @param filters the filters that there are to refer to
 */
public record CandidateValues(Set<String> addresses, List<String> filters) {
    private static final List<Integer> STEPS = List.of(1, -1, 2, 9, 40, -40, 100);

    /** Return the values for a document. */
    public static CandidateValues of(Element document, Collection<String> filters) {
        Set<String> addresses = new LinkedHashSet<>();
        collect(document, addresses);
        return new CandidateValues(addresses, List.copyOf(filters));
    }

    private static void collect(Element element, Set<String> addresses) {
        element.attributes().values().stream()
                .filter(text -> IpAddress.parse(text).isPresent())
                .forEach(addresses::add);
        element.children().forEach(child -> collect(child, addresses));
    }

    /** Return values for a slot, none of which is the given one. */
    public List<String> of(ValueSlot slot, Optional<String> old) {
        Set<String> values = new LinkedHashSet<>(slot.words());
        for (var type : slot.types()) {
            values.addAll(ofType(type, old.orElse("")));
        }
        old.ifPresent(values::remove);
        return List.copyOf(values);
    }

    private List<String> ofType(String type, String old) {
        return switch (type) {
            case "unsignedInt",
                    "unsignedLong",
                    "unsignedShort",
                    "positiveInteger",
                    "speed",
                    "BurstSize",
                    "port",
                    "uint8",
                    "uint16",
                    "uint32",
                    "integer",
                    "int",
                    "long",
                    "countCPU",
                    "memoryKB",
                    "vcpuid",
                    "PortNumber",
                    "numaDistanceValue",
                    "timeDelta",
                    "rebootTimeoutDelay",
                    "usbClass",
                    "driveController",
                    "driveBus",
                    "driveTarget",
                    "driveUnit",
                    "driveSCSITarget",
                    "driveSCSIUnit",
                    "virtioserialPort",
                    "ccidSlot",
                    "uint24",
                    "uint16range",
                    "uint32range",
                    "sixbitrange",
                    "priority-type",
                    "vlan-vlanid",
                    "ipPrefix" -> numbers(old, List.of("7", "24", "64", "1400", "1", "0", "053", "0x1f", "65535"));
            case "hexuint", "usbId", "usbIdDefault", "usbAddr", "pciBus", "pciDomain", "pciSlot", "pciFunc" ->
                numbers(old, List.of("0x3", "0x1"));
            case "ipAddr", "ipv4Addr", "ipv6Addr", "addrIP", "addrIPv6" -> addresses(old);
            case "addrMask" -> List.of("255.255.255.0", "24", "16", "255.255.255.255");
            case "addrMaskv6" -> List.of("64", "ffff:ffff::", "120");
            case "uniMacAddr", "addrMAC" -> macs(old);
            case "addr-family" -> List.of("ipv4", "ipv6");
            case "protocol" -> List.of("tcp", "udp");
            case "UUID" -> List.of("6f2e8a10-58c4-4d2b-9a67-0f1e2d3c4b5a", "0d6d7cf5-0c3b-4a52-8f44-5d6c7b8a9e01");
            case "DUID" -> List.of("00:03:00:01:52:54:00:aa:bb:cc", "0:4:7e:11:22:33");
            case "ipProtocolType" -> List.of("tcp", "17", "0x33", "$PROTOCOL");
            case "mac-protocolid" -> List.of("arp", "0x888e", "ipv6", "2048");
            case "arpOpcodeType" -> List.of("Reply", "1", "Request", "11");
            case "stateflags-type" -> List.of("NEW", "ESTABLISHED,RELATED", "NONE", "INVALID,NEW");
            case "tcpflags-type" -> List.of("SYN,ACK/SYN", "ALL/NONE", "FIN/FIN");
            case "statematch-type" -> List.of("false", "0");
            case "ipset-name-type" -> List.of("blocked", "allowed");
            case "ipset-flags-type" -> List.of("src", "dst,src");
            case "filter-param-name" -> List.of("ADDRESS", "B_2", "a");
            case "filter-param-value" -> List.of("10.1.2.3", "00:01", "other");
            case "NCName" -> filters;
            case "dnsName" -> texts(old, List.of("lab.example.org", "10.9.8.7"));
            case "deviceName" -> texts(old, List.of("eth7", "eth8"));
            case "zoneName" -> texts(old, List.of("trusted"));
            case "cpuset" -> List.of("0", "0-1", "1,3");
            case "unit" -> List.of("KiB", "bytes", "MB");
            case "dateTime" -> List.of("2030-01-02T03:04:05", "2031-06-07T08:09:10");
            case "createMode" -> List.of("0700", "0755");
            case "wwn" -> List.of("5000c50015ea71ac", "5000c50015ea71ad");
            case "usbVersion" -> List.of("2.00", "1.1");
            case "usbPort" -> List.of("1", "2", "1.2");
            case "absDirPath", "absFilePath" -> texts(old, List.of("/var/tmp/words.img", "/var/tmp"));
            case "diskTargetDev" -> List.of("vdb", "sdb", "hdb", "fdb");
            case "storageFormat" -> List.of("raw", "qcow2");
            case "aliasName" -> List.of("ua-words");
            case "featureName" -> List.of("vmx", "aes");
            case "volName" -> List.of("words.img");
            case "addrIPorName" -> List.of("storage.example.org", "10.66.0.7");
            case "bridgeMode" -> List.of("veb", "vepa");
            case "objectName" -> texts(old, List.of("other"));
            case "filePath" -> texts(old, List.of("/boot/image.0"));
            case "virtualPortProfileID" -> texts(old, List.of("profile"));
            case "genericName", "objectNameWithSlash" -> texts(old, List.of("other"));
            case "text", "string", "comment-type" -> texts(old, List.of("other", "a 'b' <c> & \"d\""));
            // A type of the domain's schema, or one that a newer libvirt has: a number or a word may do.
            default -> numbers(old, List.of("1", "other"));
        };
    }

    private static List<String> numbers(String old, List<String> fallbacks) {
        List<String> numbers = new ArrayList<>();
        var canonical = Normalizers.INTEGER.apply(old);
        if (canonical.matches("-?[0-9]+")) {
            var number = new BigInteger(canonical);
            var prefix = old.startsWith("0x") ? 16 : 10;
            for (var step : STEPS) {
                var next = number.add(BigInteger.valueOf(step));
                numbers.add((prefix == 16 ? "0x" : "") + next.toString(prefix));
            }
        }
        numbers.addAll(fallbacks);
        return numbers;
    }

    private static List<String> texts(String old, List<String> fallbacks) {
        return Stream.concat(old.isEmpty() ? Stream.of() : Stream.of(old + "x", "x" + old), fallbacks.stream())
                .toList();
    }

    private static List<String> macs(String old) {
        var parts = old.split(":", -1);
        List<String> macs = new ArrayList<>();
        if (parts.length == 6) {
            for (var step : STEPS) {
                var last = (Integer.parseInt(parts[5], 16) + step) & 0xff;
                macs.add(old.substring(0, old.lastIndexOf(':') + 1) + "%02x".formatted(last));
            }
        }
        macs.addAll(List.of("52:54:00:9A:bc:1d", "ff:ff:ff:00:00:00", "fe:00:00:00:00:00"));
        return macs;
    }

    private List<String> addresses(String old) {
        Set<String> near = new LinkedHashSet<>();
        if (IpAddress.parse(old).isPresent()) {
            STEPS.forEach(step -> bump(old, step).ifPresent(near::add));
        }
        for (var address : addresses) {
            near.add(address);
            STEPS.forEach(step -> bump(address, step).ifPresent(near::add));
        }
        near.addAll(List.of("10.66.1.1", "10.66.0.0", "fd66::1", "fd66::"));
        return List.copyOf(near);
    }

    /** Return the address so many steps further in its network. */
    static Optional<String> bump(String address, int step) {
        try {
            var bytes = InetAddress.getByName(address).getAddress();
            var last = (bytes[bytes.length - 1] & 0xff) + step;
            if (last < 1 || last > 254) {
                return Optional.empty();
            }
            bytes[bytes.length - 1] = (byte) last;
            return Optional.of(Normalizers.ADDRESS
                    .apply(InetAddress.getByAddress(bytes).getHostAddress())
                    .toLowerCase(Locale.ROOT));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(address + " was taken for an address.", impossible);
        }
    }
}
