package dev.paddock.core.ansible;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The hosts of one entry of an inventory: a name or an address, with ranges such as {@code [01:20]}, and a port.
 *
 * @param names in order, the first range changing slowest
 */
record HostNames(List<String> names, OptionalInt port) {
    private static final int MAX_HOSTS = 100_000;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final Pattern BRACKETED_PORT = Pattern.compile("\\[(.+)]:([0-9]+)");
    private static final Pattern NAME_PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^]]*])*):([0-9]+)");

    private static final String NUMBERS = "\\[(?:[0-9]+:[0-9]+)(?::[0-9]+)?]";
    private static final String HEXADECIMAL = "\\[(?:[0-9a-f]+:[0-9a-f]+)(?::[0-9]+)?]";
    private static final String CHARACTERS = "\\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?]";
    private static final String V4 = "(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|" + NUMBERS + ")";
    private static final String V6 = "(?:[0-9a-f]{1,4}|" + HEXADECIMAL + ")";
    private static final String LABEL = "(?:\\w|" + CHARACTERS + ")(?:[\\w_-]|" + CHARACTERS + ")*(?<![_-])";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;
    private static final List<Pattern> HOSTS = List.of(
            Pattern.compile("(?:" + V4 + "\\.){3}" + V4, FLAGS),
            Pattern.compile(
                    ("(?:0:){7}0|(?:0:){1,6}:|0:(?::0){1,6}|(?:0:){2}(?::0){1,5}|(?:0:){3}(?::0){1,4}"
                                            + "|(?:0:){4}(?::0){1,3}|(?:0:){5}(?::0){1,2}|(?:0:){6}:0|:(?::0){1,6}|0?::")
                                    .replace("0", V6)
                            + "|(?:0:){6}(?:" + V6 + "\\.){3}" + V6
                            + "|::(?:ffff:)?(?:" + V6 + "\\.){3}" + V6
                            + "|(?:0:){5}ffff:(?:" + V6 + "\\.){3}" + V6,
                    FLAGS),
            Pattern.compile(LABEL + "(?:\\." + LABEL + ")*", FLAGS));

    HostNames {
        names = List.copyOf(names);
    }

    /** Thrown for an entry that names no hosts. */
    static final class BadNameException extends Exception {
        private static final long serialVersionUID = 1L;

        BadNameException(String why) {
            super(why, null, false, false);
        }
    }

    static HostNames parse(String entry) throws BadNameException {
        var address = entry;
        var port = Optional.<String>empty();
        for (var pattern : List.of(BRACKETED_PORT, NAME_PORT)) {
            var matcher = pattern.matcher(address);
            if (matcher.matches()) {
                address = matcher.group(1);
                port = Optional.of(matcher.group(2));
            }
        }
        var candidate = address;
        if (HOSTS.stream().noneMatch(pattern -> pattern.matcher(candidate).matches())) {
            // A name that is no address is still a name, with its colons.
            address = entry;
            port = Optional.empty();
        }
        if (address.isBlank()) {
            throw new BadNameException("it is empty");
        }
        if (address.endsWith(":")) {
            throw new BadNameException("a name ends in ':' only before a port");
        }
        if (address.equals("---")) {
            throw new BadNameException("'---' starts a file in YAML");
        }
        List<String> names = new ArrayList<>();
        expand(address, names);
        return new HostNames(names, port.isEmpty() ? OptionalInt.empty() : port(port.get()));
    }

    private static OptionalInt port(String digits) throws BadNameException {
        var number = number(digits);
        if (number > 65_535) {
            throw new BadNameException("there is no port " + digits);
        }
        return OptionalInt.of(number);
    }

    private static void expand(String name, List<String> names) throws BadNameException {
        var open = name.indexOf('[');
        if (open < 0) {
            if (names.size() >= MAX_HOSTS) {
                throw new BadNameException("its ranges give more than " + MAX_HOSTS + " hosts");
            }
            names.add(name);
            return;
        }
        var close = name.indexOf(']');
        if (close < open) {
            throw new BadNameException("a range ends with ']'");
        }
        var bounds = name.substring(open + 1, close).split(":", -1);
        if (bounds.length != 2 && bounds.length != 3) {
            throw new BadNameException("a range is [begin:end] or [begin:end:step]");
        }
        for (var each : range(bounds)) {
            expand(name.substring(0, open) + each + name.substring(close + 1), names);
        }
    }

    private static List<String> range(String[] bounds) throws BadNameException {
        var begin = bounds[0].isEmpty() ? "0" : bounds[0];
        var end = bounds[1];
        var step = bounds.length == 3 ? number(bounds[2]) : 1;
        if (end.isEmpty()) {
            throw new BadNameException("a range has an end");
        }
        if (step == 0) {
            throw new BadNameException("a range has a step of at least 1");
        }
        List<String> range = new ArrayList<>();
        var first = LETTERS.indexOf(begin);
        var last = LETTERS.indexOf(end);
        if (first >= 0 && last >= 0) {
            if (first > last) {
                throw new BadNameException("a range begins before its end");
            }
            for (var i = first; i <= last; i += step) {
                range.add(LETTERS.substring(i, i + 1));
            }
            return range;
        }
        var filled = begin.length() > 1 && begin.startsWith("0");
        if (filled && begin.length() != end.length()) {
            throw new BadNameException("with a leading 0, begin and end of a range have the same length");
        }
        var until = number(end);
        for (var i = number(begin); i <= until; i += step) {
            if (range.size() > MAX_HOSTS) {
                throw new BadNameException("its range gives more than " + MAX_HOSTS + " hosts");
            }
            range.add(filled ? ("%0" + begin.length() + "d").formatted(i) : String.valueOf(i));
        }
        if (range.isEmpty()) {
            throw new BadNameException("a range begins before its end");
        }
        return range;
    }

    private static int number(String digits) throws BadNameException {
        if (!digits.matches("[0-9]{1,9}")) {
            throw new BadNameException("'" + digits + "' is no number, and no single letter");
        }
        return Integer.parseInt(digits);
    }
}
