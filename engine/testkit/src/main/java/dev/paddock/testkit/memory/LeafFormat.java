package dev.paddock.testkit.memory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How libvirt writes single values back. */
final class LeafFormat {
    private LeafFormat() {}

    /** Return an address in the form that glibc prints it in: IPv6 lower-case, its longest run of zeros left out. */
    static String address(String text) {
        if (!text.contains(":")) {
            return text;
        }
        try {
            var bytes = InetAddress.getByName(text).getAddress();
            return bytes.length == 16 ? shortened(groups(bytes)) : text;
        } catch (UnknownHostException noAddress) {
            return text;
        }
    }

    private static List<Integer> groups(byte[] bytes) {
        List<Integer> groups = new ArrayList<>();
        for (var i = 0; i < bytes.length; i += 2) {
            groups.add(((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF));
        }
        return groups;
    }

    private static String shortened(List<Integer> groups) {
        var start = -1;
        var length = 1;
        for (var from = 0; from < groups.size(); from++) {
            var run = 0;
            while (from + run < groups.size() && groups.get(from + run) == 0) {
                run++;
            }
            if (run > length) {
                start = from;
                length = run;
            }
        }
        if (start < 0) {
            return joined(groups);
        }
        if (start == 0 && length == 6) {
            return "::" + dotted(groups);
        }
        return joined(groups.subList(0, start)) + "::" + joined(groups.subList(start + length, groups.size()));
    }

    /** An address that has IPv4 in its last half is printed so. */
    private static String dotted(List<Integer> groups) {
        var high = groups.get(6);
        var low = groups.get(7);
        return (high >> 8) + "." + (high & 0xFF) + "." + (low >> 8) + "." + (low & 0xFF);
    }

    private static String joined(List<Integer> groups) {
        return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
    }

    /** Return a MAC address with all its digits, lower-case. */
    static String mac(String text) {
        return Arrays.stream(text.split(":", -1))
                .map(part -> part.length() == 1 ? "0" + part : part)
                .collect(Collectors.joining(":"))
                .toLowerCase(Locale.ROOT);
    }

    /** Return a netmask as its length. */
    static String mask(String text) {
        if (!text.contains(".") && !text.contains(":")) {
            return number(text);
        }
        try {
            var length = 0;
            for (var part : InetAddress.getByName(text).getAddress()) {
                length += Integer.bitCount(part & 0xFF);
            }
            return Integer.toString(length);
        } catch (UnknownHostException noMask) {
            return text;
        }
    }

    /** Return a decimal number without leading zeros. */
    static String number(String text) {
        return text.matches("0\\d+") ? text.replaceFirst("^0+(?=\\d)", "") : text;
    }
}
